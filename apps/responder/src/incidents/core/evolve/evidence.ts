import type { Fold } from './fold.ts';

type EvidenceEvents = 'evidence-requested' | 'evidence-collected' | 'evidence-completed';

export const evidenceFolds: { readonly [Type in EvidenceEvents]: Fold<Type> } = {
  'evidence-requested': (incident, { actionIds }, { at }) => ({
    evidenceRequested: [...incident.evidenceRequested, ...actionIds],
    evidenceRequestedAt: at,
  }),
  'evidence-collected': (incident, { evidence }) => ({
    evidence: [...incident.evidence, evidence],
    respondedAt: incident.respondedAt ?? evidence.startedAt,
  }),
  'evidence-completed': (_incident, _body, { at }) => ({ evidenceCompleteAt: at }),
};
