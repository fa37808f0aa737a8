import type { Decision } from '../decision.ts';
import { nothing, type Draft } from '../draft.ts';
import { minuteMs } from '../rules/durations.ts';
import { nextUpdate } from './next-update.ts';
import type { UpdateAudience } from './update.ts';
import type { UpdateClock } from './update-clocks.ts';
import type { Timer } from '../input.ts';

/** As a sentence names them. */
export const audienceWords: Readonly<Record<UpdateAudience, string>> = {
  internal: 'the team',
  'status-page': 'the status page',
  customers: 'the affected customers',
  executives: 'the executives',
};

/** An update will be due soon: said to who tells others, as a notice that wakes nobody. */
export function remindOfUpdate(draft: Draft, clock: UpdateClock, timer: Timer): Decision {
  const { incident, input } = draft;
  const dueAt = nextUpdate(incident, clock);
  if (dueAt === null) return nothing('nobody waits for it any more');
  if (timer.dueAt < dueAt - clock.leadMs) return nothing('an update was posted since');
  if (input.at >= dueAt + clock.graceMs) return nothing('it has been missed already');
  const { informer = null } = input;
  if (informer === null) return nothing('nobody has taken the incident, who could be reminded');
  const { audience } = clock;
  draft.add({ type: 'update-reminded', audience, dueAt, person: informer.id });
  const minutes = Math.max(0, Math.round((dueAt - input.at) / minuteMs));
  const drill = incident.drill === null ? '' : 'DRILL ';
  draft.order({
    kind: 'remind',
    notice: {
      id: `${incident.id}-remind-${audience}-${dueAt}`,
      person: informer.id,
      subject: `${drill}#${incident.number}: update to ${audienceWords[audience]} due in ${minutes} minutes`,
      text: `A draft is ready: read it, and send it. It is due at ${new Date(dueAt).toISOString().slice(11, 16)} UTC; if it does not go out, people are called.`,
    },
  });
  return draft.done(`the update to ${audienceWords[audience]} is due in ${minutes} minutes`);
}
