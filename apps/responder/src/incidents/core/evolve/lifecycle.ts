import type { EpochMs } from '#facts';
import type { Incident } from '../incident.ts';
import type { Fold } from './fold.ts';

type LifecycleEvents =
  | 'mitigated'
  | 'smoke-test-requested'
  | 'smoke-tested'
  | 'verified'
  | 'stable'
  | 'reopened'
  | 'resolved'
  | 'reviewed'
  | 'split-off'
  | 'merged-into'
  | 'took-over'
  | 'impact-corrected'
  | 'phase-overdue'
  | 'checklist-ticked'
  | 'hands-off'
  | 'noted';

/** Back to harm: what had been reached on the way to recovery is void. */
const notRecovered = {
  status: 'open',
  mitigatedAt: null,
  mitigatedBy: null,
  restoredSince: null,
  smokeTestRequestedAt: null,
  verifiedAt: null,
  holdUntil: null,
} as const;

export const lifecycleFolds: { readonly [Type in LifecycleEvents]: Fold<Type> } = {
  mitigated: (_incident, body) => ({
    status: 'mitigated',
    mitigatedAt: body.impactEndAt,
    mitigatedBy: body.by,
    snoozedUntil: null,
    ...(body.holdUntil === undefined ? {} : { holdUntil: body.holdUntil }),
  }),
  'smoke-test-requested': (_incident, _body, { at }) => ({ smokeTestRequestedAt: at }),
  // Unless it verifies, the next one is asked for once the service has measured as restored for long enough again.
  'smoke-tested': (incident, _body, { at }) => ({
    smokeTestRequestedAt: null,
    restoredSince: incident.restoredSince === null ? null : at,
  }),
  verified: (incident, { holdUntil }, { at }) => ({
    status: 'verified',
    verifiedAt: incident.verifiedAt ?? at,
    holdUntil,
  }),
  stable: (_incident, _body, { at }) => ({ status: 'stable', stableAt: at }),
  reopened: (incident, { by }, { at }) => ({
    ...(by === undefined ? notRecovered : openedAgain(incident, at)),
    activeSince: at,
  }),
  resolved: (_incident, _body, { at }) => ({ status: 'resolved', resolvedAt: at }),
  reviewed: (_incident, { by, note, link }, { at }) => ({ reviewed: { at, by, note, link } }),
  'split-off': () => ({}),
  'merged-into': (_incident, { into }, { at }) => ({ status: 'resolved', resolvedAt: at, mergedInto: into }),
  'took-over': (incident, { from, followed, affectedTenants = [], ...began }) => ({
    affectedTenants: [...new Set([...(incident.affectedTenants ?? []), ...affectedTenants])].toSorted(),
    detached: incident.detached && !followed,
    merged: [...incident.merged, from],
    ...(began.impactStartAt < incident.impactStartAt
      ? { impactStartAt: began.impactStartAt, impactStartMethod: began.impactStartMethod }
      : {}),
    lastHarmAt: latest(incident.lastHarmAt, began.lastHarmAt),
  }),
  'impact-corrected': (_incident, { startAt, endAt, by, reason }) => ({
    impactCorrection: { startAt, endAt, by, reason },
  }),
  'phase-overdue': () => ({}),
  'checklist-ticked': (incident, { line }) => ({
    checklist: incident.checklist.map((one) => (one.text === line.text ? line : one)),
  }),
  'hands-off': (_incident, { on }) => ({ handsOff: on }),
  noted: (incident, { by, unfilledRole }, { at }) => ({
    respondedAt: incident.respondedAt ?? (by.kind === 'system' ? null : at),
    ...(unfilledRole === undefined
      ? {}
      : { unfilledRoles: [...(incident.unfilledRoles ?? []), unfilledRole] }),
  }),
};

/** What a person opens again is theirs to close, until it is measured; after its end it is an outage anew. */
function openedAgain(
  { status, matrixFrom, escalationLevel, reviewed }: Incident,
  at: EpochMs,
): Partial<Incident> {
  const wasOver = status === 'stable' || status === 'resolved';
  return {
    ...notRecovered,
    confirmedAt: null,
    stableAt: null,
    resolvedAt: null,
    ...(reviewed === undefined ? {} : { reviewed: null }),
    matrixFrom: wasOver ? at : matrixFrom,
    escalationLevel: wasOver ? 1 : escalationLevel,
  };
}

function latest(one: EpochMs | null, other: EpochMs | null): EpochMs | null {
  if (one === null || other === null) return one ?? other;
  return Math.max(one, other);
}
