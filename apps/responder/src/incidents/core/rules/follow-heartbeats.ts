import type { Assessment } from '#detection';
import type { Draft } from '../draft.ts';
import { pageLevel } from './page-level.ts';

/**
 * A sign of life that stops while an outage goes on opens no incident of its own, and may be about who watches over us: it is said, and
 * the first level called, once while it is missing. Also during a snooze: nobody asked for quiet about that.
 */
export function followHeartbeats(draft: Draft, before: Assessment): void {
  const known = new Set(before.signals.map(({ key }) => key));
  const missing = draft.incident.assessment.signals.filter(
    ({ key, detector }) => detector === 'heartbeat' && !known.has(key),
  );
  if (missing.length === 0) return;
  const text = missing.map(({ summary }) => summary).join('; ');
  draft.add({ type: 'noted', by: draft.input.actor, text });
  pageLevel(draft, 1, 'heartbeat-missing', text);
}
