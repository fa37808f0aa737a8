import type { Diagnosis } from '#diagnosis';
import type { Draft } from '../draft.ts';
import type { Step } from '../incident.ts';
import { isAbout } from './offer-again.ts';
import { planAnswer } from './plan-answer.ts';
import { giveTurn } from './step-turn.ts';

/**
 * An offer for a cause or a node that is not even thought possible any more must not lie there to be approved at night. It
 * expires; should its cause be held again, it is offered again. Called while some cause is held true: else nothing is known.
 */
export function withdrawStale(draft: Draft, possible: readonly Diagnosis[]): void {
  const stale = draft.incident.steps.filter(
    (step) =>
      step.requestedBy === undefined &&
      step.readyAt === null &&
      step.endedAt === null &&
      !isAnswer(draft, possible, step),
  );
  const because = 'withdrawn: the cause that it is for is not held possible any more';
  for (const step of stale) draft.add({ type: 'step-expired', stepId: step.id, because });
  if (stale.length > 0) giveTurn(draft);
}

function isAnswer(draft: Draft, possible: readonly Diagnosis[], step: Step): boolean {
  const { plan } = draft.input;
  return possible.some(
    (held) => planAnswer(plan, held).changes.includes(step.actionId) && isAbout(step, held.subject),
  );
}
