import type { Assessment } from '#detection';
import type { EpochMs } from '#facts';
import type { Incident } from '../incident.ts';
import { affectedTenants } from './affected-tenants.ts';
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
    detached: body.splitFrom !== undefined,
    splitFrom: body.splitFrom ?? null,
    mergedInto: null,
    merged: [],
    impactStartAt: body.impactStartAt,
    impactStartMethod: body.impactStartMethod,
    lastHarmAt: body.assessment.lastHarmAt,
    ...suspicion(body.assessment, at),
    detectedAt: at,
    confirmedAt: body.assessment.verdict === 'confirmed' ? at : null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    roles: {},
    snoozedUntil: null,
    respondedAt: null,
    mitigatedAt: null,
    mitigatedBy: null,
    easedSince: null,
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
    stepsRequestedAt: null,
    matrixFrom: at,
    escalationLevel: 0,
    pages: [],
    evidence: [],
    evidenceRequested: [],
    evidenceRequestedAt: null,
    evidenceCompleteAt: null,
    steps: [],
    affectedTenants: affectedTenants([], body.assessment),
    checklist: body.checklist.map((text) => ({ text, tickedAt: null, by: null, because: null })),
    handsOff: false,
    revision: 1,
  };
}

/** The watcher's clock may be ahead of the database's. */
function suspicion({ suspectedSince }: Assessment, at: EpochMs): Pick<Incident, 'suspectedAt'> {
  return suspectedSince === undefined ? {} : { suspectedAt: Math.min(suspectedSince, at) };
}
