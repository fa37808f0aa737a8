import { nothing, refuse } from '../draft.ts';
import { refuseUnless } from '../rules/allow.ts';
import type { Decider } from './decider.ts';

/** A person ticks a line of the checklist and says why. */
export const tick: Decider<'tick'> = (draft, { text, because }) => {
  const { incident, input } = draft;
  const refused = refuseUnless('responder', incident, input);
  if (refused !== null) return { refused };
  const line = incident.checklist.find((one) => one.text === text);
  if (line === undefined) return refuse('not-found', `checklist: no line "${text}"`);
  if (line.tickedAt !== null) return nothing(`already ticked by ${line.by ?? 'somebody'}`);
  const ticked = { text, tickedAt: input.at, by: input.actor.id, because };
  draft.add({ type: 'checklist-ticked', line: ticked });
  return draft.done(because);
};
