import type { Decision } from '../decision.ts';
import { nothing, type Draft } from '../draft.ts';
import type { Incident, Page } from '../incident.ts';
import type { Timer } from '../input.ts';
import { acknowledgmentWindowMs } from '../rules/durations.ts';
import { isLost } from '../rules/page-channels.ts';
import { levelOf, levelWithoutPage, pageLevel } from '../rules/page-level.ts';
import { aboutAfterHarm, stillCalls } from '../rules/still-calls.ts';

/** An unacknowledged page moves on: to the secondary, further up only as far as the matrix has come, then round again. */
export function acknowledgmentDue(draft: Draft, timer: Timer): Decision {
  const { incident } = draft;
  const unfilled = levelWithoutPage(timer.key);
  if (unfilled !== null) return wakeSomebodyNow(draft, unfilled, timer.dueAt);
  const page = incident.pages.find((one) => one.id === timer.key);
  if (page === undefined) return nothing(`page ${timer.key} is not on the incident`);
  if (page.acknowledgedAt !== null) return nothing('acknowledged in time');
  if (!stillCalls(incident)) return nothing(`the incident is ${incident.status}: nobody else is woken`);
  if (isLost(page) && incident.pages.at(-1)?.id !== page.id)
    return nothing('it could not be delivered; the page that took its place has a clock of its own');
  const highest = Math.max(2, incident.escalationLevel);
  const next = isToCommander(page) ? 1 : levelOf(draft, page) + 1;
  pageLevel(draft, next > highest ? 1 : next, 'unacknowledged', aboutAfterHarm(incident));
  return draft.done(`the page to ${page.person} was not acknowledged in time`);
}

/** An answer of before it was opened again is for what was over. */
function isTaken({ acknowledgedAt }: Page, { activeSince = 0 }: Incident): boolean {
  return acknowledgedAt !== null && acknowledgedAt >= activeSince;
}

/** Quiet has ended, and its commander was asked before the first level. */
function isToCommander({ cause, level }: Page): boolean {
  return cause === 'snooze-ended' && level === 'commander';
}

/** Nobody could be woken before; whoever can be reached by now is. */
function wakeSomebodyNow(draft: Draft, level: number, dueAt: number): Decision {
  const { incident, input } = draft;
  if (incident.status !== 'open') return nothing(`the incident is ${incident.status}: nobody is woken`);
  if (incident.snoozedUntil !== null) return nothing('snoozed: asked again at its end');
  const triedAt = dueAt - acknowledgmentWindowMs(input.plan);
  // A page that came after somebody's answer waits for one of its own.
  const newest = incident.pages.at(-1);
  if (newest !== undefined && (newest.at > triedAt || isTaken(newest, incident)))
    return nothing('somebody has been woken since, or has taken it');
  pageLevel(draft, level, incident.pages.length === 0 ? 'opened' : 'unacknowledged');
  return draft.done('nobody could be woken before');
}
