import type { TenantIncident, TenantPage } from '@tocsin/contract';
import type { EpochMs } from '#facts';
import { type IncidentFacts, publicStatus, pageUpdate } from '../public-incident.ts';

const minuteMs = 60_000;

/**
 * What one tenant may read of the incidents that hit them: drills and what was merged into another are none of theirs; one about integrity
 * or security is shown once somebody has told them, or the public, of it. Pure.
 */
export function tenantPageOf(
  tenant: string,
  incidents: readonly IncidentFacts[],
  { since, at }: { readonly since: EpochMs; readonly at: EpochMs },
): TenantPage {
  const own = incidents.filter((one) => isTheirs(tenant, one));
  return {
    format: 1,
    tenant,
    state: stateOf(tenant, own),
    harmedMinutes: harmedMinutes(
      own.map((one) => harmOf(one, at)),
      since,
    ),
    incidents: own.map((one) => incidentOf(tenant, one)),
  };
}

function isTheirs(tenant: string, { affectedTenants, isDrill, isMerged, ...facts }: IncidentFacts): boolean {
  if (isDrill || isMerged || !affectedTenants.includes(tenant)) return false;
  const isSecret = facts.assessments.some(({ restricted }) => restricted !== undefined);
  return !isSecret || updatesFor(tenant, facts).length > 0;
}

function updatesFor(
  tenant: string,
  { updates, letters }: Pick<IncidentFacts, 'updates' | 'letters'>,
): IncidentFacts['updates'] {
  const theirs = letters.filter((one) => one.tenant === tenant);
  return [...updates, ...theirs].toSorted((a, b) => b.at - a.at);
}

function incidentOf(tenant: string, facts: IncidentFacts): TenantIncident {
  const { from, to } = harmOf(facts, null);
  return {
    id: facts.id,
    number: facts.number,
    status: publicStatus(facts),
    harmedFrom: new Date(from).toISOString(),
    harmedTo: to === null ? null : new Date(to).toISOString(),
    updates: updatesFor(tenant, facts).map(pageUpdate),
  };
}

/** A person's word before what was measured; an end that is not there yet is `now`. */
function harmOf<Now extends EpochMs | null>(
  { correction, impactStartAt, impactEndAt, endedAt }: IncidentFacts,
  now: Now,
): { readonly from: EpochMs; readonly to: EpochMs | Now } {
  return {
    from: correction?.startAt ?? impactStartAt,
    to: correction?.endAt ?? impactEndAt ?? endedAt ?? now,
  };
}

/** Overlapping stretches count once. */
function harmedMinutes(
  spans: readonly { readonly from: EpochMs; readonly to: EpochMs }[],
  since: EpochMs,
): number {
  let sum = 0;
  let covered = since;
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    sum += Math.max(0, to - Math.max(from, covered));
    covered = Math.max(covered, to);
  }
  return Math.ceil(sum / minuteMs);
}

/** As measured now of this tenant; an outage that does not show in their requests any more is ending. */
function stateOf(tenant: string, own: readonly IncidentFacts[]): TenantPage['state'] {
  const going = own.filter(({ status }) => status === 'open');
  if (going.length === 0) return 'well';
  const harms = going.flatMap(({ assessment }) =>
    assessment.tenants.filter((one) => one.tenant === tenant).map(({ harm }) => harm),
  );
  if (harms.includes('errors')) return 'failing';
  return harms.includes('slow') ? 'slow' : 'ending';
}
