import type { Diagnosis } from '#diagnosis';
import { nothing, type Draft } from '../draft.ts';
import { causeKey } from '../evolve/steps.ts';
import { refuseUnlessSystem } from '../rules/allow.ts';
import { answerFrom, nameStandsMs } from '../rules/durations.ts';
import { isMaterialDiagnosis } from '../rules/material-change.ts';
import { isAsked, isPending, isRunning, isSettling, toOfferAgain } from '../rules/offer-again.ts';
import { isOutdated, withdrawOutdated } from '../rules/harm-ending.ts';
import { withdrawStale } from '../rules/withdraw-stale.ts';
import { pageRoleFor } from '../rules/page-role.ts';
import { planAnswer } from '../rules/plan-answer.ts';
import { whyHandsOff } from '../rules/step-turn.ts';
import type { Decider } from './decider.ts';

/**
 * Keeps a new ranking, and asks the document for its answer to a cause that is held true for the first time; one cause at
 * a time, the surest first. What was offered for it and came to nothing is offered again.
 */
export const diagnose: Decider<'diagnose'> = (draft, { diagnoses: seen }) => {
  const refused = refuseUnlessSystem(draft.input);
  if (refused !== null) return { refused };
  const { status } = draft.incident;
  if (status === 'resolved' || status === 'stable') return nothing(`the incident is ${status}`);
  const diagnoses = seen.filter((one) => !isOurDoing(draft, one));
  if (isMaterialDiagnosis(draft.incident.diagnoses, diagnoses) && !isOverByNow(draft, diagnoses))
    draft.add({ type: 'diagnosed', diagnoses });
  const [best] = diagnoses;
  withdrawOutdated(draft, diagnoses);
  if (status === 'open') respond(draft, diagnoses);
  if (draft.events.length === 0) return nothing('the diagnosis has not changed');
  return draft.done(best === undefined ? 'nothing explains the facts yet' : describe(best));
};

/**
 * While a change shows its work, and once the harm is over, nothing may be left to see of a cause: that takes no name back. Nor
 * does it while nothing confirms an outage any more, or not yet again: a watcher that was started anew has seen no cause. And what
 * was named just now stands for a while: what spoke for it may be gone before the harm is.
 */
function isOverByNow({ incident, input }: Draft, diagnoses: readonly Diagnosis[]): boolean {
  const { diagnoses: before, status, assessment } = incident;
  const known = diagnoses.filter((one) => !isUnknown(one)).map(causeKey);
  const named = before.filter((one) => !isUnknown(one)).map(causeKey);
  if (status === 'open' && !isSettling(incident, input.at) && !incident.steps.some(isRunning)) {
    const isFresh = input.at - (incident.namedAt ?? 0) < nameStandsMs;
    return known.length === 0 && named.length > 0 && (isFresh || assessment.verdict !== 'confirmed');
  }
  return known.length < named.length && known.every((one) => named.includes(one));
}

/** A dependency that is newly down while a change of ours is at work on it, or has just been, is down for that. */
function isOurDoing({ incident, input }: Draft, one: Diagnosis): boolean {
  if (one.id !== 'dependency-down') return false;
  if (incident.diagnoses.some((before) => causeKey(before) === causeKey(one))) return false;
  const own = incident.steps.filter((step) => step.target === one.subject);
  return own.some(isRunning) || isSettling({ ...incident, steps: own }, input.at);
}

function isUnknown({ id }: Diagnosis): boolean {
  return id === 'unknown';
}

function respond(draft: Draft, diagnoses: readonly Diagnosis[]): void {
  const held = diagnoses.filter((one) => one.id !== 'unknown' && one.confidence >= answerFrom);
  if (held.length > 0) withdrawStale(draft, diagnoses);
  // What is seen while blind wakes no expert, and nothing is proposed while nothing may be changed.
  if (draft.incident.assessment.blind !== true) for (const one of held) pageRoleFor(draft, one);
  if (whyHandsOff(draft.incident, draft.input.handsOff) === null)
    propose(
      draft,
      held.filter((one) => !isOutdated(draft.incident, one)),
    );
}

function propose(draft: Draft, held: readonly Diagnosis[]): void {
  const { incident, input } = draft;
  if (isSettling(incident, input.at)) return;
  const next = held.find((one) => !incident.answeredCauses.includes(causeKey(one)));
  const isFree = !incident.steps.some(isPending) && !isAsked(incident, input.at);
  if (next !== undefined && (next === held[0] || isFree)) answer(draft, next);
  else for (const one of held) if (offerAgain(draft, one)) return;
}

/** At most one cause at a time; true when its changes are being prepared anew. */
function offerAgain(draft: Draft, diagnosis: Diagnosis): boolean {
  const { incident, input } = draft;
  if (!incident.answeredCauses.includes(causeKey(diagnosis))) return false;
  const actionIds = toOfferAgain(
    incident,
    { changes: planAnswer(input.plan, diagnosis).changes, subject: diagnosis.subject },
    input.at,
  );
  if (actionIds.length === 0) return false;
  draft.add({ type: 'steps-requested', actionIds, diagnosis });
  draft.order({ kind: 'prepare-steps', actionIds, diagnosis });
  return true;
}

function answer(draft: Draft, best: Diagnosis): void {
  const { plan } = draft.input;
  const { changes, reads, named } = planAnswer(plan, best);
  if (reads.length > 0) {
    const because = `the document reads this for ${named.join(', ')}`;
    draft.add({ type: 'evidence-requested', actionIds: reads, because });
    draft.order({ kind: 'gather-evidence', actionIds: reads });
  }
  if (changes.length === 0) {
    draft.add({ type: 'no-safe-step', diagnosis: best, because: noStep(best, named) });
    return;
  }
  draft.add({ type: 'steps-requested', actionIds: changes, diagnosis: best });
  draft.order({ kind: 'prepare-steps', actionIds: changes, diagnosis: best });
}

function noStep(best: Diagnosis, named: readonly string[]): string {
  return named.length === 0
    ? `the document has no branch and no scenario for ${best.id}: no safe step in this document`
    : `the document's answer to ${best.id} (${named.join(', ')}) changes nothing: no safe step in this document`;
}

function describe(best: Diagnosis): string {
  return `${best.id} ${best.subject}, confidence ${best.confidence.toFixed(2)}`;
}
