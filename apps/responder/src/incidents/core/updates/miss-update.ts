import type { Decision } from '../decision.ts';
import { nothing, type Draft } from '../draft.ts';
import type { Timer } from '../input.ts';
import { acknowledgmentWindowMs, minuteMs } from '../rules/durations.ts';
import { isLost, unreachablePeople } from '../rules/page-channels.ts';
import { pageLevel, sendPage } from '../rules/page-level.ts';
import { canBeReached } from '../rules/who-to-wake.ts';
import { nextUpdate } from './next-update.ts';
import { audienceWords } from './remind-of-update.ts';
import type { UpdateClock } from './update-clocks.ts';

/** Nothing was posted in time: it escalates like an alert, once an instant; instants that were slept through count as one. */
export function missUpdate(draft: Draft, clock: UpdateClock, timer: Timer): Decision {
  const { incident, input } = draft;
  const dueAt = nextUpdate(incident, clock);
  if (dueAt === null) return nothing('nobody waits for it any more');
  if (timer.dueAt < dueAt + clock.graceMs) return nothing('an update was posted in time');
  const more =
    clock.everyMs === null ? 0 : Math.max(0, Math.floor((input.at - clock.graceMs - dueAt) / clock.everyMs));
  const missedAt = dueAt + more * (clock.everyMs ?? 0);
  draft.add({ type: 'update-missed', audience: clock.audience, dueAt: missedAt, instants: more + 1 });
  const late = Math.max(1, Math.round((input.at - dueAt) / minuteMs));
  const about = `the update to ${audienceWords[clock.audience]} has been due for ${late} minutes`;
  // The end of the quiet calls people.
  if (incident.snoozedUntil === null) callFor(draft, clock, about);
  return draft.done(about);
}

/** First who should have told; then up the levels, no higher than the matrix has come. Whoever is being called about one is not called about the next. */
function callFor(draft: Draft, { audience }: UpdateClock, about: string): void {
  const { incident, input } = draft;
  if (isBeingCalled(draft)) return;
  const inRow = incident.updates?.[audience]?.missedInRow ?? 1;
  const { informer = null } = input;
  if (inRow === 1 && informer !== null && canBeReached(informer, unreachablePeople(incident))) {
    sendPage(draft, { person: informer, level: 1, note: about }, 'update-missed');
    return;
  }
  const highest = Math.max(2, incident.escalationLevel);
  pageLevel(draft, Math.min(inRow, highest), 'update-missed', about);
}

/** A page about a missed update that can still be answered: unanswered, it moves on by itself. */
function isBeingCalled({ incident, input }: Draft): boolean {
  const since = input.at - acknowledgmentWindowMs(input.plan);
  return incident.pages.some(
    (page) =>
      page.cause === 'update-missed' && page.acknowledgedAt === null && page.at > since && !isLost(page),
  );
}
