import type { Decision } from '../decision.ts';
import { nothing, type Draft } from '../draft.ts';
import type { Timer } from '../input.ts';
import { endSnooze } from '../rules/end-snooze.ts';
import { pageLevel } from '../rules/page-level.ts';

/** The quiet that a person asked for has ended: while the outage lasts, people are called again. */
export function snoozeDue(draft: Draft, timer: Timer): Decision {
  const { incident } = draft;
  if (incident.snoozedUntil !== timer.dueAt) return nothing('it has ended before, or was asked for anew');
  endSnooze(draft, 'its time has passed');
  pageLevel(draft, 1, 'snooze-ended');
  return draft.done('the outage lasts longer than the quiet that was asked for');
}
