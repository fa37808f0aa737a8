import { nothing, refuse } from '../draft.ts';
import { refuseUnless } from '../rules/allow.ts';
import { noSuchStep } from '../rules/no-such-step.ts';
import type { Decider } from './decider.ts';

/** A person stops a step that has its turn: what runs is ended with all that it has started, and the cluster is read. */
export const cancel: Decider<'cancel'> = (draft, { stepId, reason }) => {
  const { incident, input } = draft;
  const refused = refuseUnless('responder', incident, input);
  if (refused !== null) return { refused };
  const step = incident.steps.find((one) => one.id === stepId);
  if (step === undefined) return noSuchStep(incident, stepId);
  if (step.readyAt === null || step.endedAt !== null)
    return refuse(
      'conflict',
      `step "${stepId}" is ${step.status}; only one that has its turn can be cancelled`,
    );
  if (step.cancelled !== undefined) return nothing('it is being cancelled already');
  draft.add({ type: 'step-cancelled', stepId, by: input.actor, reason });
  return draft.done(`cancelled: ${reason}`);
};
