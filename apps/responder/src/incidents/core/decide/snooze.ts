import { refuse } from '../draft.ts';
import { refuseUnless, refuseUnlessOpen } from '../rules/allow.ts';
import { minuteMs } from '../rules/durations.ts';
import type { Decider } from './decider.ts';

const longestMinutes = 24 * 60;

/** A person knows, and asks not to be called again for a while: pages and the matrix rest, and go on at its end. */
export const snooze: Decider<'snooze'> = (draft, { minutes, reason }) => {
  const { incident, input } = draft;
  const refused = refuseUnless('responder', incident, input) ?? refuseUnlessOpen(incident, 'calls people');
  if (refused !== null) return { refused };
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > longestMinutes)
    return refuse('invalid', `minutes ${minutes}: expected a whole number from 1 to ${longestMinutes}`);
  if (reason.trim() === '') return refuse('invalid', 'reason is empty; expected why nobody is to be called');
  const until = input.at + minutes * minuteMs;
  draft.add({ type: 'snoozed', until, by: input.actor, reason: reason.trim() });
  draft.order({ kind: 'set-timer', timer: { kind: 'snooze', dueAt: until, key: 'snooze' } });
  return draft.done(`quiet for ${minutes} minutes: ${reason.trim()}`);
};
