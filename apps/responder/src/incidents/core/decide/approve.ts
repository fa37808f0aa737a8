import type { Incident, Step } from '../incident.ts';
import type { Refusal } from '../decision.ts';
import type { Input } from '../input.ts';
import { refuseUnless } from '../rules/allow.ts';
import { afterApproval } from '../rules/after-approval.ts';
import { noSuchStep } from '../rules/no-such-step.ts';
import { saidVia } from '../rules/said-via.ts';
import { countedApprovals, whyHandsOff, whyNotYet } from '../rules/step-turn.ts';
import type { Decider } from './decider.ts';

/** A person's yes to exactly this action on exactly this target; with enough of them, and when its turn comes, it runs. */
export const approve: Decider<'approve'> = (draft, { stepId, bindingHash, via }) => {
  const { incident, input } = draft;
  const refused = refuseUnless('approver', incident, input);
  if (refused !== null) return { refused };
  const step = incident.steps.find((one) => one.id === stepId);
  if (step === undefined) return noSuchStep(incident, stepId);
  const closed = whyClosed(incident, step, input) ?? whyNotBound(incident, step, { ...input, bindingHash });
  if (closed !== null) return { refused: { code: 'conflict', message: closed } satisfies Refusal };
  draft.add({ type: 'step-approved', stepId, by: input.actor, bindingHash, ...saidVia(via) });
  afterApproval(draft, stepId);
  const now = draft.incident.steps.find((one) => one.id === stepId) ?? step;
  const waits = now.readyAt === null ? whyNotYet(draft.incident, now, input) : null;
  return draft.done(waits === null ? 'approved; its turn has come' : `approved; ${waits}`);
};

function whyClosed(incident: Incident, step: Step, { handsOff = null }: Input): string | null {
  if (step.manual !== undefined)
    return `step "${step.id}" is done by a person (${step.manual}): say when it is done`;
  if ((step.status !== 'proposed' && step.status !== 'approved') || step.readyAt !== null)
    return `step "${step.id}" is ${step.status}; only an open offer can be approved`;
  return whyHandsOff(incident, handsOff);
}

function whyNotBound(
  incident: Incident,
  step: Step,
  seen: Pick<Input, 'at' | 'actor'> & { readonly bindingHash: string },
): string | null {
  if (step.bindingHash !== seen.bindingHash)
    return `step "${step.id}" is not what you saw: it is now ${step.command} on ${step.target}`;
  if (step.requestedBy?.id === seen.actor.id && step.singlePerson !== true)
    return `you asked for step "${step.id}"; somebody else has to approve it`;
  if (seen.at >= step.expiresAt) return `the offer of step "${step.id}" has expired`;
  return countedApprovals(incident, step).some((one) => one.by.id === seen.actor.id)
    ? `you have approved step "${step.id}" already; somebody else has to be the second`
    : null;
}
