import type { Decision } from '../decision.ts';
import { nothing, type Draft } from '../draft.ts';
import type { Timer } from '../input.ts';
import { askForExternal } from '../rules/ask-for-external.ts';
import { minuteMs } from '../rules/durations.ts';
import { pageLevel } from '../rules/page-level.ts';

/** The matrix runs on elapsed time from detection until mitigated, acknowledged or not. After a late wake-up: in order. */
export function escalationDue(draft: Draft, timer: Timer): Decision {
  const { incident, input } = draft;
  if (incident.status !== 'open') return nothing(`the incident is ${incident.status}`);
  if (incident.snoozedUntil !== null)
    return nothing('snoozed: every level that is missed is called at its end');
  const reached = Number(timer.key);
  if (reached <= incident.escalationLevel) return nothing(`level ${reached} has been reached already`);
  const elapsed = Math.floor((input.at - incident.matrixFrom) / minuteMs);
  if (elapsed < (input.plan.escalation[reached - 1]?.fromMinutes ?? 0))
    return nothing('the incident was opened again since: the matrix has begun anew');
  // The first level was called at the opening, also when nobody could be woken for it.
  const first = Math.max(1, incident.escalationLevel) + 1;
  for (let level = first; level <= reached; level += 1) reach(draft, level, elapsed);
  return draft.done(`${elapsed} minutes, and not mitigated`);
}

function reach(draft: Draft, level: number, elapsedMinutes: number): void {
  const target = draft.input.plan.escalation[level - 1]?.target ?? `level ${level}`;
  draft.add({ type: 'escalated', level, target, note: `after ${elapsedMinutes} minutes` });
  pageLevel(draft, level, 'escalation');
  askForExternal(draft, level);
}
