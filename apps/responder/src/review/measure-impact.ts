import type { Incident, IncidentEvent } from '#incidents';

/** What one tenant lost. */
export interface TenantLoss {
  readonly tenant: string;
  readonly worstErrorRatio: number;
  readonly worstP95Ms: number | null;
  /** Minutes in which the tenant was harmed, weighted by its error ratio; a slow minute counts whole. */
  readonly lostMinutes: number;
}

/** How the losses are counted, said next to them. */
export const impactMethod =
  'each assessment holds until the next one; its minutes count by the error ratio that the tenant had in it, minutes that were only slow count whole; tenants with too little traffic are not counted';

/** Losses by tenant, worst first, from the assessments of the log. */
export function measureImpact(incident: Incident, events: readonly IncidentEvent[]): readonly TenantLoss[] {
  const assessments = events.flatMap(({ at, body }) =>
    body.type === 'opened' || body.type === 'assessed' ? [{ at, tenants: body.assessment.tenants }] : [],
  );
  const endAt = incident.mitigatedAt ?? lastAt(incident, events);
  const losses = new Map<string, TenantLoss>();
  for (const [i, { at, tenants }] of assessments.entries()) {
    // What stood before the first assessment is taken as harmful as it found things.
    const fromAt = i === 0 ? Math.min(incident.impactStartAt, at) : at;
    const toAt = Math.min(assessments[i + 1]?.at ?? endAt, endAt);
    const harmed = tenants.filter((one) => one.judged && one.harm !== 'none');
    for (const one of harmed) add(losses, one, Math.max(0, toAt - fromAt) / 60_000);
  }
  return [...losses.values()].toSorted(
    (a, b) => b.lostMinutes - a.lostMinutes || a.tenant.localeCompare(b.tenant),
  );
}

function lastAt(incident: Incident, events: readonly IncidentEvent[]): number {
  return events.at(-1)?.at ?? incident.detectedAt;
}

function add(
  losses: Map<string, TenantLoss>,
  one: Incident['assessment']['tenants'][number],
  minutes: number,
): void {
  const before = losses.get(one.tenant);
  losses.set(one.tenant, {
    tenant: one.tenant,
    worstErrorRatio: Math.max(before?.worstErrorRatio ?? 0, one.errorRatio),
    worstP95Ms: Math.max(before?.worstP95Ms ?? 0, one.p95Ms ?? 0) || null,
    lostMinutes: (before?.lostMinutes ?? 0) + minutes * (one.harm === 'slow' ? 1 : one.errorRatio),
  });
}
