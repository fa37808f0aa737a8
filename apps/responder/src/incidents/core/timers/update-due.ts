import type { Decision } from '../decision.ts';
import { nothing, type Draft } from '../draft.ts';
import type { Timer } from '../input.ts';
import { armUpdateClock } from '../updates/arm-update-clocks.ts';
import { missUpdate } from '../updates/miss-update.ts';
import { nextUpdate } from '../updates/next-update.ts';
import { remindOfUpdate } from '../updates/remind-of-update.ts';
import { updateClocks } from '../updates/update-clocks.ts';

/** A clock of the communication plan: `remind:AUDIENCE` shortly before an update is due, `missed:AUDIENCE` when none has come. */
export function updateDue(draft: Draft, timer: Timer): Decision {
  const [word = '', audience = ''] = timer.key.split(':');
  const clock = updateClocks(draft.input.plan).find((one) => one.audience === audience);
  if (word === 'remind' && clock !== undefined) return remindOfUpdate(draft, clock, timer);
  if (word === 'missed' && clock !== undefined) return missUpdate(draft, clock, timer);
  return startClocks(draft, timer);
}

/** A timer of a release that knew no clocks: they begin with it. */
function startClocks(draft: Draft, { key }: Timer): Decision {
  const { incident } = draft;
  const due = updateClocks(draft.input.plan).flatMap((clock) => {
    const dueAt = nextUpdate(incident, clock);
    return dueAt === null ? [] : [{ clock, dueAt }];
  });
  if (due.length === 0) return nothing('no audience waits for an update');
  draft.add({ type: 'update-due', audience: key.replace(/^trigger:/, '') });
  for (const { clock, dueAt } of due) armUpdateClock(draft, clock, dueAt);
  return draft.done('the clocks of the communication plan run from now on');
}
