import type { Draft } from '../draft.ts';
import { nothing } from '../draft.ts';
import type { ProposedStep } from '../incident.ts';
import type { AutomaticApproval } from '../input.ts';
import type { Actor } from '../actor.ts';
import { afterApproval } from '../rules/after-approval.ts';
import { refuseUnlessSystem } from '../rules/allow.ts';
import { automaticApproval } from '../rules/automatic-approval.ts';
import { chooseOffer, whyBlocked } from '../rules/choose-offer.ts';
import { offerStep } from '../rules/offer-step.ts';
import { withoutNumbers } from '../rules/material-change.ts';
import type { Decider } from './decider.ts';

/** Who speaks when the team's policy does. */
const policy: Actor = { kind: 'system', id: 'approval-policy' };

/** Offers the one of the prepared changes that fits best for approval; one whose checks or dry run failed is blocked, with the reason. */
export const offerSteps: Decider<'steps-prepared'> = (draft, { steps }) => {
  const refused = refuseUnlessSystem(draft.input);
  if (refused !== null) return { refused };
  if (draft.incident.status === 'resolved') return nothing('the incident is resolved');
  const fresh = steps.filter((step) => !draft.incident.steps.some((one) => one.id === step.id));
  if (fresh.length === 0) return nothing('these steps are already on the incident');
  const { offered, blocked } = chooseOffer(draft.incident, fresh);
  const news = blocked.filter(({ step }) => !isBlockedAsBefore(draft, step));
  if (offered.length + news.length === 0) return nothing('still blocked for the same reasons');
  for (const { step, because } of news) draft.add({ type: 'step-blocked', step, because });
  for (const step of offered) {
    offerStep(draft, step);
    askPolicy(draft, step);
  }
  return draft.done('prepared: values filled, checked, tried without effect');
};

/** The team's policy may say yes in a person's place; where it speaks of the step and does not, that is said. */
function askPolicy(draft: Draft, step: ProposedStep): void {
  const answer = automaticApproval(step, { ...draft.input, automatic: automaticSoFar(draft) });
  if (answer === null) return;
  const { id: stepId, actionId, bindingHash } = step;
  if (answer.yes) {
    const automatic = { actionId, because: answer.because };
    draft.add({ type: 'step-approved', stepId, by: policy, bindingHash, automatic });
    afterApproval(draft, stepId);
  } else draft.add({ type: 'noted', by: policy, text: `${stepId} waits for a person: ${answer.because}` });
}

/** What the policy approved within the hour, this decision included. */
function automaticSoFar({ events, input }: Draft): readonly AutomaticApproval[] {
  const now = events.flatMap((one) =>
    one.type === 'step-approved' && one.automatic !== undefined
      ? [{ actionId: one.automatic.actionId, at: input.at }]
      : [],
  );
  return [...(input.automatic ?? []), ...now];
}

/** Prepared anew and blocked as the last time: said once is enough. */
function isBlockedAsBefore(draft: Draft, step: ProposedStep): boolean {
  const last = draft.incident.steps.findLast((one) => one.actionId === step.actionId);
  const problem = whyBlocked(step);
  if (problem === null || last?.status !== 'blocked' || last.outcome === null) return false;
  return withoutNumbers(last.outcome) === withoutNumbers(problem);
}
