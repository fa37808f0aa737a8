import { refuse } from '../draft.ts';
import { refuseUnlessSystem } from '../rules/allow.ts';
import type { Decider } from './decider.ts';

/** Asked right before a change touches the cluster. Refused unless it has the turn: no step is ever run twice. */
export const startStep: Decider<'step-started'> = (draft, { stepId }) => {
  const refused = refuseUnlessSystem(draft.input);
  if (refused !== null) return { refused };
  const { incident } = draft;
  const step = incident.steps.find((one) => one.id === stepId);
  if (step === undefined)
    return refuse('not-found', `step "${stepId}" is not on incident #${incident.number}`);
  if (step.startedAt !== null)
    return refuse(
      'conflict',
      `step "${stepId}" has already been started; its outcome is to be read from the cluster`,
    );
  if (step.status !== 'approved' || step.readyAt === null)
    return refuse('conflict', `step "${stepId}" is ${step.status} and does not have the turn`);
  if (incident.handsOff) return refuse('conflict', 'hands off is set on this incident: nothing is changed');
  draft.add({ type: 'step-started', stepId });
  return draft.done('approved, and its turn');
};
