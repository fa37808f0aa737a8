import { refuse } from '../draft.ts';
import { refuseUnless } from '../rules/allow.ts';
import { noSuchStep } from '../rules/no-such-step.ts';
import { giveTurn } from '../rules/step-turn.ts';
import { saidVia } from '../rules/said-via.ts';
import type { Decider } from './decider.ts';

/** A person's no, with the reason. */
export const deny: Decider<'deny'> = (draft, { stepId, reason, via }) => {
  const { incident, input } = draft;
  const refused = refuseUnless('responder', incident, input);
  if (refused !== null) return { refused };
  const step = incident.steps.find((one) => one.id === stepId);
  if (step === undefined) return noSuchStep(incident, stepId);
  if ((step.status !== 'proposed' && step.status !== 'approved') || step.readyAt !== null)
    return refuse('conflict', `step "${stepId}" is ${step.status}; only an open offer can be denied`);
  draft.add({ type: 'step-denied', stepId, by: input.actor, reason, ...saidVia(via) });
  giveTurn(draft);
  return draft.done(`denied: ${reason}`);
};
