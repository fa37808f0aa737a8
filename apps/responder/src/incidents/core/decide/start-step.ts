import { refuse } from '../draft.ts';
import { refuseUnlessSystem } from '../rules/allow.ts';
import { noSuchStep } from '../rules/no-such-step.ts';
import { startLateMs } from '../rules/durations.ts';
import { whyHandsOff } from '../rules/step-turn.ts';
import type { Decider } from './decider.ts';

/** Asked right before a change touches the cluster. Refused unless it has the turn: no step is ever run twice. */
export const startStep: Decider<'step-started'> = (draft, { stepId }) => {
  const refused = refuseUnlessSystem(draft.input);
  if (refused !== null) return { refused };
  const { incident, input } = draft;
  const step = incident.steps.find((one) => one.id === stepId);
  if (step === undefined) return noSuchStep(incident, stepId);
  if (step.startedAt !== null)
    return refuse(
      'conflict',
      `step "${stepId}" has already been started; its outcome is to be read from the cluster`,
    );
  if (step.status !== 'approved' || step.readyAt === null)
    return refuse('conflict', `step "${stepId}" is ${step.status} and does not have the turn`);
  const off = whyHandsOff(incident, input.handsOff);
  if (step.cancelled !== undefined)
    return refuse('conflict', `cancelled before it began: ${step.cancelled.reason}`);
  if (off !== null) return refuse('conflict', off);
  if (input.at >= step.expiresAt && input.at - step.readyAt > startLateMs)
    return refuse('conflict', `the approval of step "${stepId}" has expired: too much has changed since`);
  draft.add({ type: 'step-started', stepId });
  return draft.done('approved, and its turn');
};
