import type { Draft } from '../draft.ts';
import { nothing } from '../draft.ts';
import type { ProposedStep } from '../incident.ts';
import { refuseUnlessSystem } from '../rules/allow.ts';
import { chooseOffer, whyBlocked } from '../rules/choose-offer.ts';
import { offerMs } from '../rules/durations.ts';
import { withoutNumbers } from '../rules/material-change.ts';
import type { Decider } from './decider.ts';

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
  for (const step of offered) offer(draft, step);
  return draft.done('prepared: values filled, checked, tried without effect');
};

function offer(draft: Draft, step: ProposedStep): void {
  const expiresAt = draft.input.at + offerMs;
  draft.add({ type: 'step-proposed', step, expiresAt });
  draft.order({ kind: 'set-timer', timer: { kind: 'approval', dueAt: expiresAt, key: step.id } });
}

/** Prepared anew and blocked as the last time: said once is enough. */
function isBlockedAsBefore(draft: Draft, step: ProposedStep): boolean {
  const last = draft.incident.steps.findLast((one) => one.actionId === step.actionId);
  const problem = whyBlocked(step);
  if (problem === null || last?.status !== 'blocked' || last.outcome === null) return false;
  return withoutNumbers(last.outcome) === withoutNumbers(problem);
}
