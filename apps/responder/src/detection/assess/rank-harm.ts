import type { TenantImpact } from '../assessment.ts';
import type { SeverityRank } from '../thresholds.ts';
import type { Evidence } from './evidence.ts';
import { limits } from './limits.ts';
import { isFailure } from './measure.ts';
import { durationText, namesText, percentText, rangeText, tenantsText } from './words.ts';

/** How bad the measured harm is by the decision table, and the sentence that says so. */
export interface HarmRank {
  readonly rank: SeverityRank;
  readonly why: string;
}

function errorsWhy(some: readonly TenantImpact[], all: readonly TenantImpact[], evidence: Evidence): string {
  const limit = percentText(evidence.thresholds.errorRatio ?? 0);
  const range = rangeText(some.map((one) => one.errorRatio));
  return `${tenantsText(some, all)} above ${limit} errors (${range})`;
}

function slowWhy(some: readonly TenantImpact[], all: readonly TenantImpact[], evidence: Evidence): string {
  const { latency } = evidence.thresholds;
  const worst = durationText(Math.max(...some.map((one) => one.p95Ms ?? 0)));
  return `${tenantsText(some, all)} above ${durationText(latency?.limitMs ?? 0)} at the ${latency?.percentile}th percentile (up to ${worst})`;
}

/** Do the outside probes of the tenants that cannot be judged fail too? */
function otherProbes({ facts, tenants }: Evidence): 'fail' | 'green' | 'none' {
  const judged = new Set(tenants.filter((one) => one.judged).map((one) => one.tenant));
  const others = facts.probes.filter((one) => one.tenant !== null && !judged.has(one.tenant));
  if (others.length === 0) return 'none';
  return others.filter(isFailure).length * 2 > others.length ? 'fail' : 'green';
}

function rankSingle(only: TenantImpact, evidence: Evidence): HarmRank {
  const why = `only tenant ${only.tenant} has traffic, ${percentText(only.errorRatio)} of its requests fail`;
  const others = otherProbes(evidence);
  switch (others) {
    case 'fail':
      return { rank: 'critical', why: `${why}, and the probes of the other tenants fail too` };
    case 'green':
      return { rank: 'minor', why: `${why}; the probes of the other tenants are green` };
    case 'none':
      return { rank: 'major', why: `${why}; scope unknown, because no other tenant can be measured` };
    default:
      return others satisfies never;
  }
}

function rankWithoutTenant(evidence: Evidence): HarmRank {
  const { total } = evidence.clients;
  const why = `${total.failed} of ${total.requests} requests fail (${percentText(total.ratio)}); scope unknown, because no single tenant has enough traffic to be judged`;
  return { rank: 'major', why };
}

/** Nothing but functions that are not critical fails, and the critical ones were seen to work. */
function rankFunctions({ functions, metrics }: Evidence): HarmRank | null {
  const harmed = functions.filter((one) => one.harmed);
  const critical = functions.filter((one) => one.critical);
  if (harmed.length === 0 || critical.length === 0) return null;
  if (critical.some((one) => one.failed > 0 || one.requests < limits.minTenantRequests)) return null;
  if (metrics.slow) return null;
  const counted = harmed.map((one) => `${one.name} (${one.failed} of ${one.requests} requests fail)`);
  const served = namesText(critical.map((one) => one.name));
  return { rank: 'minor', why: `not critical: ${namesText(counted)}; ${served} works` };
}

/** A critical function fails for everybody while no single tenant can be blamed for it. */
function goneFunction({ functions }: Evidence): HarmRank | null {
  const gone = functions.find((one) => one.critical && one.harmed && one.failed * 10 >= one.requests * 9);
  if (gone === undefined) return null;
  return {
    rank: 'major',
    why: `function ${gone.name} is gone: ${gone.failed} of ${gone.requests} requests fail`,
  };
}

/** First match wins; call it only when there is harm. */
export function rankHarm(evidence: Evidence): HarmRank {
  return rankFunctions(evidence) ?? rankTenants(evidence);
}

function rankTenants(evidence: Evidence): HarmRank {
  const judged = evidence.tenants.filter((one) => one.judged);
  const failing = judged.filter((one) => one.harm === 'errors');
  const harmed = judged.filter((one) => one.harm !== 'none');
  const [first] = failing;
  if (judged.length === 1 && first !== undefined) return rankSingle(first, evidence);
  if (failing.length >= 2) {
    const all = failing.length === judged.length;
    return { rank: all ? 'critical' : 'major', why: errorsWhy(failing, judged, evidence) };
  }
  if (harmed.length >= 2) return { rank: 'major', why: slowWhy(harmed, judged, evidence) };
  if (first !== undefined) return { rank: 'minor', why: errorsWhy([first], judged, evidence) };
  if (harmed.length === 1) return { rank: 'minor', why: slowWhy(harmed, judged, evidence) };
  return goneFunction(evidence) ?? rankWithoutTenant(evidence);
}
