import type { Diagnosis } from '#diagnosis';
import { nothing, type Draft } from '../draft.ts';
import { causeKey } from '../evolve/steps.ts';
import { refuseUnlessSystem } from '../rules/allow.ts';
import { answerFrom } from '../rules/durations.ts';
import { isMaterialDiagnosis } from '../rules/material-change.ts';
import { planAnswer } from '../rules/plan-answer.ts';
import type { Decider } from './decider.ts';

/** Keeps a new ranking, and asks the document for its answer to a cause that is held true for the first time. */
export const diagnose: Decider<'diagnose'> = (draft, { diagnoses }) => {
  const refused = refuseUnlessSystem(draft.input);
  if (refused !== null) return { refused };
  const { status } = draft.incident;
  if (status === 'resolved' || status === 'stable') return nothing(`the incident is ${status}`);
  if (!isMaterialDiagnosis(draft.incident.diagnoses, diagnoses))
    return nothing('the diagnosis has not changed');
  draft.add({ type: 'diagnosed', diagnoses });
  const [best] = diagnoses;
  if (best !== undefined && isNew(draft, best)) answer(draft, best);
  return draft.done(best === undefined ? 'nothing explains the facts yet' : describe(best));
};

function isNew(draft: Draft, best: Diagnosis): boolean {
  const { incident } = draft;
  return (
    best.id !== 'unknown' &&
    best.confidence >= answerFrom &&
    // Nothing is proposed once the harm has ended.
    incident.status === 'open' &&
    !incident.answeredCauses.includes(causeKey(best))
  );
}

function answer(draft: Draft, best: Diagnosis): void {
  const { plan } = draft.input;
  const { changes, reads, named } = planAnswer(plan, best.id);
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
