import { nothing } from '../draft.ts';
import { refuseUnless } from '../rules/allow.ts';
import { giveTurn } from '../rules/step-turn.ts';
import type { Decider } from './decider.ts';

/** The big red switch: while it is on, nothing is changed. Lifting it lets what was approved go on. */
export const setHandsOff: Decider<'hands-off'> = (draft, { on, reason }) => {
  const { incident, input } = draft;
  const refused = refuseUnless('responder', incident, input);
  if (refused !== null) return { refused };
  if (incident.handsOff === on) return nothing(`hands off is already ${on ? 'on' : 'off'}`);
  draft.add({ type: 'hands-off', on, by: input.actor, reason });
  if (!on) giveTurn(draft);
  return draft.done(reason);
};
