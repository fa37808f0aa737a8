import type { ProposedStep, Step } from '../incident.ts';
import { nothing, refuse } from '../draft.ts';
import { refuseUnless } from '../rules/allow.ts';
import { freeStepId } from '../rules/free-step-id.ts';
import { noSuchStep } from '../rules/no-such-step.ts';
import { failedChecks, whyNotOverridden } from '../rules/overridable.ts';
import { offerStep } from '../rules/offer-step.ts';
import { whyHandsOff } from '../rules/step-turn.ts';
import type { Decider } from './decider.ts';

/** An approver answers for checks that said no: the step is offered all the same, and somebody else has to approve it. */
export const override: Decider<'override'> = (draft, { stepId, reason }) => {
  const { incident, input } = draft;
  const refused = refuseUnless('approver', incident, input);
  if (refused !== null) return { refused };
  const step = incident.steps.find((one) => one.id === stepId);
  if (step === undefined) return noSuchStep(incident, stepId);
  const why = whyNotOverridden(step) ?? whyHandsOff(incident, input.handsOff);
  if (why !== null) return refuse('conflict', why);
  if (reason.trim() === '')
    return refuse('invalid', 'reason: empty; expected why the checks do not hold here');
  const open = incident.steps.find((one) => one.actionId === step.actionId && one.endedAt === null);
  if (open !== undefined) return nothing(`step "${open.id}" is offered already`);
  const checks = failedChecks(step);
  const id = freeStepId(incident, step.actionId);
  draft.add({ type: 'check-overridden', stepId: id, checks, by: input.actor, reason });
  const overridden = { by: input.actor, reason, checks };
  offerStep(draft, { ...asPrepared(step), id, requestedBy: input.actor, overridden });
  return draft.done(`offered in spite of ${checks.join(', ')}`);
};

/** What a step has become, apart from what was prepared. */
const lived: ReadonlySet<string> = new Set([
  'status',
  'proposedAt',
  'expiresAt',
  'approvals',
  'readyAt',
  'startedAt',
  'endedAt',
  'outcome',
  'postChecks',
  'cancelled',
] satisfies readonly (keyof Step)[]);

function asPrepared(step: Step): ProposedStep {
  return Object.fromEntries(
    Object.entries(step).filter(([key]) => !lived.has(key)),
  ) as unknown as ProposedStep;
}
