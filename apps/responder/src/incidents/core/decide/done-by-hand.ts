import { refuse } from '../draft.ts';
import { refuseUnless } from '../rules/allow.ts';
import { noSuchStep } from '../rules/no-such-step.ts';
import { giveTurn } from '../rules/step-turn.ts';
import type { Decider } from './decider.ts';

/** A person has done what only a person can do, and says what came of it. */
export const doneByHand: Decider<'done-by-hand'> = (draft, { stepId, note }) => {
  const { incident, input } = draft;
  const refused = refuseUnless('responder', incident, input);
  if (refused !== null) return { refused };
  const step = incident.steps.find((one) => one.id === stepId);
  if (step === undefined) return noSuchStep(incident, stepId);
  if (step.manual === undefined)
    return refuse(
      'conflict',
      `step "${stepId}" is run by the responder when it is approved; nobody does it by hand`,
    );
  if (step.endedAt !== null) return refuse('conflict', `step "${stepId}" is ${step.status} already`);
  if (note.trim() === '') return refuse('invalid', 'note: empty; expected what was done and what came of it');
  draft.add({ type: 'done-by-hand', stepId, by: input.actor, note });
  giveTurn(draft);
  return draft.done(note);
};
