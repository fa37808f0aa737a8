import type { Decision } from '../decision.ts';
import { nothing, type Draft } from '../draft.ts';
import type { Timer } from '../input.ts';
import { giveTurn } from '../rules/step-turn.ts';

/** An offer, and the approvals given to it, end after 15 minutes unless the step has had its turn. */
export function approvalDue(draft: Draft, timer: Timer): Decision {
  const step = draft.incident.steps.find((one) => one.id === timer.key);
  if (step === undefined || step.endedAt !== null || step.readyAt !== null)
    return nothing(`step ${timer.key} no longer waits for approval`);
  if (draft.input.at < step.expiresAt) {
    giveTurn(draft);
    return draft.done('the reads it waited for should all have met their limits');
  }
  draft.add({ type: 'step-expired', stepId: step.id });
  giveTurn(draft);
  return draft.done('not approved in time; it can be prepared anew on fresh facts');
}
