import { nothing, refuse } from '../draft.ts';
import { refuseUnless } from '../rules/allow.ts';
import { noSuchStep } from '../rules/no-such-step.ts';
import { whyHandsOff } from '../rules/step-turn.ts';
import type { Decider } from './decider.ts';

/** One key asks for the way back of a step that has run; it is prepared, checked and offered as a step of its own. */
export const undo: Decider<'undo'> = (draft, { stepId }) => {
  const { incident, input } = draft;
  const refused = refuseUnless('responder', incident, input);
  if (refused !== null) return { refused };
  const step = incident.steps.find((one) => one.id === stepId);
  if (step === undefined) return noSuchStep(incident, stepId);
  if (step.undo === null)
    return refuse(
      'conflict',
      `step "${stepId}" has no way back that is known: see what was kept of its target`,
    );
  if (step.startedAt === null || step.endedAt === null)
    return refuse('conflict', `step "${stepId}" is ${step.status}; only what has run can be taken back`);
  const off = whyHandsOff(draft.incident, input.handsOff);
  if (off !== null) return refuse('conflict', off);
  const open = incident.steps.find((one) => one.undoes === stepId && one.endedAt === null);
  if (open !== undefined) return nothing(`step "${open.id}" is its way back already, and ${open.status}`);
  draft.add({ type: 'undo-requested', stepId, by: input.actor });
  draft.order({ kind: 'prepare-undo', stepId, requestedBy: input.actor });
  return draft.done(`the way back: ${step.undo}`);
};
