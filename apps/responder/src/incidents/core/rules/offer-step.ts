import type { Draft } from '../draft.ts';
import type { ProposedStep } from '../incident.ts';
import { offerMs } from './durations.ts';

/** Asks people for a step, for as long as an offer stands. */
export function offerStep(draft: Draft, prepared: ProposedStep): void {
  const expiresAt = draft.input.at + offerMs;
  const step = underPolicy(prepared, draft.input.onCall.approvals?.singlePerson === true);
  draft.add({ type: 'step-proposed', step, expiresAt });
  draft.order({ kind: 'set-timer', timer: { kind: 'approval', dueAt: expiresAt, key: step.id } });
}

/** In a team of one nobody else can look: the offer says so, and so does the record. */
function underPolicy({ singlePerson: _before, ...step }: ProposedStep, isTeamOfOne: boolean): ProposedStep {
  return isTeamOfOne
    ? { ...step, approvalsNeeded: Math.min(1, step.approvalsNeeded), singlePerson: true }
    : step;
}
