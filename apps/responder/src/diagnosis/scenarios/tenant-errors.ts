import type { Facts } from '#facts';
import type { Scenario } from '../scenario.ts';

const windowMs = 60_000;
/** A tenant fails alone for so long before it is said: others may follow. */
const leastMs = 20_000;
const minRequests = 10;
/** What the service said, or kept the tenant waiting for; a refusal knows no tenant. */
const hasFailed: ReadonlySet<string> = new Set(['http-error', 'timeout']);

interface Count {
  requests: number;
  failed: number;
}

/** Of the last minute, what is of this outage: the one before may have harmed everybody. */
function countTenants(facts: Facts, harmForMs: number): ReadonlyMap<string, Count> {
  const from = facts.at - Math.min(windowMs, Math.max(leastMs, harmForMs));
  const counts = new Map<string, Count>();
  const add = (tenant: string, requests: number, failed: number) => {
    const count = counts.get(tenant) ?? { requests: 0, failed: 0 };
    counts.set(tenant, { requests: count.requests + requests, failed: count.failed + failed });
  };
  for (const one of facts.probes)
    if (one.tenant !== null && one.endedAt > from) add(one.tenant, 1, hasFailed.has(one.outcome) ? 1 : 0);
  for (const row of facts.metrics)
    if (row.to > from) for (const one of row.tenants) add(one.tenant, one.requests, one.errors);
  return counts;
}

/**
 * Requests of one tenant, or of a few, fail and all others are served: look at their data or configuration. Kubernetes says nothing
 * of it (docs/diagnosis.md); what fails by node, pod or dependency fails for all tenants alike.
 */
export const tenantErrors: Scenario = {
  id: 'tenant-errors',
  ruledOut: 'no tenant fails alone',
  find({ facts, harmForMs }) {
    const judged = [...countTenants(facts, harmForMs)].filter(([, one]) => one.requests >= minRequests);
    const failing = judged.filter(([, one]) => one.failed / one.requests > 0.2);
    const green = judged.filter(([, one]) => one.failed / one.requests < 0.02);
    if (failing.length === 0 || failing.length * 2 > green.length || green.length < 2) return [];
    if (green.length + failing.length < judged.length) return [];
    return failing.map(([tenant, count]) => ({
      id: 'tenant-errors' as const,
      subject: `tenant/${tenant}`,
      confidence: failing.length === 1 ? 0.9 : 0.75,
      for: [
        `${count.failed} of ${count.requests} requests of ${tenant} fail`,
        `${green.length} other tenants are served`,
      ],
      against: [],
      settles: [],
    }));
  },
};
