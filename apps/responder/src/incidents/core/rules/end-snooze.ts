import type { Draft } from '../draft.ts';
import { rearmEscalation } from './rearm-escalation.ts';

/** Ends the quiet that a person asked for, if there is one: what was missed of the matrix is called. */
export function endSnooze(draft: Draft, because: string): void {
  if (draft.incident.snoozedUntil === null) return;
  draft.add({ type: 'snooze-ended', because });
  rearmEscalation(draft);
}
