import { nothing } from '../draft.ts';
import { refuseUnlessSystem } from '../rules/allow.ts';
import { giveTurn } from '../rules/step-turn.ts';
import type { Decider } from './decider.ts';

/** A read has ended; with the last one asked for, the gathering is complete. */
export const collectEvidence: Decider<'evidence'> = (draft, { evidence }) => {
  const refused = refuseUnlessSystem(draft.input);
  if (refused !== null) return { refused };
  if (draft.incident.evidence.some((one) => one.id === evidence.id)) return nothing('already kept');
  draft.add({ type: 'evidence-collected', evidence });
  const { evidenceRequested, evidence: kept, evidenceCompleteAt } = draft.incident;
  const answered = new Set(kept.map((one) => one.actionId));
  if (evidenceCompleteAt === null && evidenceRequested.every((id) => answered.has(id)))
    draft.add({ type: 'evidence-completed' });
  giveTurn(draft);
  return draft.done(`${evidence.outcome}: ${evidence.command}`);
};
