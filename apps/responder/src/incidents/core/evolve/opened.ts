import type { EpochMs } from '#facts';
import type { Incident } from '../incident.ts';
import type { Body } from './fold.ts';

/** The incident as it is born. */
export function foldOpened(body: Body<'opened'>, at: EpochMs): Incident {
  return {
    id: body.id,
    number: body.number,
    serviceId: body.serviceId,
    planHash: body.planHash,
    title: body.title,
    status: 'open',
    drill: body.drill,
    impactStartAt: body.impactStartAt,
    impactStartMethod: body.impactStartMethod,
    lastHarmAt: body.assessment.lastHarmAt,
    detectedAt: at,
    acknowledgedAt: null,
    acknowledgedBy: null,
    respondedAt: null,
    mitigatedAt: null,
    mitigatedBy: null,
    restoredSince: body.assessment.restored ? at : null,
    smokeTestRequestedAt: null,
    verifiedAt: null,
    holdUntil: null,
    stableAt: null,
    resolvedAt: null,
    severity: body.severity,
    severityReason: body.severityReason,
    severityFloor: null,
    worstSeverity: body.severity,
    betterSince: null,
    assessment: body.assessment,
    diagnoses: [],
    diagnosedAt: null,
    answeredCauses: [],
    escalationLevel: 0,
    pages: [],
    evidence: [],
    evidenceRequested: [],
    evidenceCompleteAt: null,
    steps: [],
    checklist: body.checklist.map((text) => ({ text, tickedAt: null, by: null, because: null })),
    handsOff: false,
    revision: 1,
  };
}
