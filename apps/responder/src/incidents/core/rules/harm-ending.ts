import type { Assessment } from '#detection';
import type { Diagnosis } from '#diagnosis';
import type { Draft } from '../draft.ts';
import type { Incident, Step } from '../incident.ts';
import { easedForMs } from './durations.ts';
import { isAbout } from './offer-again.ts';
import { planAnswer } from './plan-answer.ts';
import { giveTurn } from './step-turn.ts';

/**
 * Harm that was measured is ending: clients were counted just now, none is above a limit, and no other source confirms an outage.
 * What only a person declared, and what lost its redundancy without failing requests, cannot be seen to end by this.
 */
export function isEased({ confirmedAt }: Pick<Incident, 'confirmedAt'>, assessment: Assessment): boolean {
  if (confirmedAt === null || assessment.verdict === 'confirmed' || assessment.blind === true) return false;
  const judged = assessment.tenants.filter((one) => one.judged);
  return judged.length > 0 && judged.every((one) => one.harm === 'none');
}

/** What speaks for it was seen before the measurement that clients are served again: no ground for a change. */
export function isOutdated({ easedSince }: Incident, { seenAt }: Diagnosis): boolean {
  return easedSince !== null && seenAt !== undefined;
}

/**
 * Withdraws what is offered and waits for nobody's turn yet, once clients have been served again for a while and no cause whose
 * evidence still stands is answered by it. Should the harm return, it is offered again.
 */
export function withdrawOutdated(draft: Draft, diagnoses: readonly Diagnosis[]): void {
  const { incident, input } = draft;
  if (incident.easedSince === null || input.at - incident.easedSince < easedForMs) return;
  const standing = diagnoses.filter((one) => !isOutdated(incident, one) && one.id !== 'unknown');
  const outdated = incident.steps.filter(
    (step) => isWaiting(step) && !standing.some((one) => answers(draft, step, one)),
  );
  const because = `withdrawn, harm is ending: ${incident.assessment.reason}; what spoke for it was seen before`;
  for (const step of outdated) draft.add({ type: 'step-expired', stepId: step.id, because });
  if (outdated.length > 0) giveTurn(draft);
}

function isWaiting(step: Step): boolean {
  return step.requestedBy === undefined && step.readyAt === null && step.endedAt === null;
}

function answers(draft: Draft, step: Step, one: Diagnosis): boolean {
  return planAnswer(draft.input.plan, one).changes.includes(step.actionId) && isAbout(step, one.subject);
}
