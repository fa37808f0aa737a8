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
    state: stateOf(tenant, incidents),
    harmedMinutes: harmedMinutes(
      own.map((one) => harmOf(one, at)),
      since,
    ),
    incidents: own.map((one) => incidentOf(tenant, one)),
  };
}

function isTheirs(tenant: string, facts: IncidentFacts): boolean {
  if (facts.isDrill || facts.isMerged || !facts.affectedTenants.includes(tenant)) return false;
  return !isSecret(facts) || updatesFor(tenant, facts).length > 0;
}

const secrets = new WeakMap<IncidentFacts['assessments'], boolean>();

/** Each incident is asked for every tenant: it is looked through once. */
function isSecret({ assessments }: Pick<IncidentFacts, 'assessments'>): boolean {
  const known = secrets.get(assessments) ?? assessments.some(({ restricted }) => restricted !== undefined);
  secrets.set(assessments, known);
  return known;
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
  const updates = updatesFor(tenant, facts);
  return {
    id: facts.id,
    number: facts.number,
    status: publicStatus({ ...facts, updates }),
    harmedFrom: new Date(from).toISOString(),
    harmedTo: to === null ? null : new Date(to).toISOString(),
    updates: updates.map(pageUpdate),
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

/**
 * As measured now of this tenant; an outage that does not show in their requests any more is ending. Nothing is said of what we do not see, or
 * must not tell.
 */
function stateOf(tenant: string, incidents: readonly IncidentFacts[]): TenantPage['state'] {
  const going = incidents.filter(
    (one) => one.status === 'open' && !one.isDrill && !one.isMerged && one.affectedTenants.includes(tenant),
  );
  if (going.length === 0) return 'well';
  if (going.some((one) => !isTheirs(tenant, one))) return 'unknown';
  const seen = going.flatMap(({ assessment }) =>
    assessment.blind === true ? [] : assessment.tenants.filter((one) => one.tenant === tenant),
  );
  if (seen.some(({ harm }) => harm === 'errors')) return 'failing';
  if (seen.some(({ harm }) => harm === 'slow')) return 'slow';
  return seen.length > 0 && seen.every((one) => one.judged) ? 'ending' : 'unknown';
}
