import type { Draft } from '../draft.ts';
import { minuteMs } from './durations.ts';

/**
 * Sets the clocks of the levels that the matrix has not come to. Those whose time came while nobody was to be called strike
 * now; the same clock twice is one.
 */
export function rearmEscalation(draft: Draft): void {
  const { incident, input } = draft;
  for (const [index, level] of input.plan.escalation.entries()) {
    if (index + 1 <= Math.max(1, incident.escalationLevel)) continue;
    const dueAt = Math.max(input.at, incident.matrixFrom + level.fromMinutes * minuteMs);
    draft.order({ kind: 'set-timer', timer: { kind: 'escalation', dueAt, key: String(index + 1) } });
  }
}
