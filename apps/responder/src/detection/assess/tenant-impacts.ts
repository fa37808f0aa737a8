import type { EpochMs, Facts, ProbeSample } from '#facts';
import type { TenantImpact } from '../assessment.ts';
import type { Thresholds } from '../thresholds.ts';
import type { ClientView } from './client-view.ts';
import { limits } from './limits.ts';
import { countRequests, endedAfter, measure, type Measure } from './measure.ts';
import { isTenantAbove, isTenantSlow, type MetricTenant, type MetricsView } from './metrics-view.ts';

function byTenant(samples: readonly ProbeSample[]): ReadonlyMap<string, readonly ProbeSample[]> {
  const groups = new Map<string, ProbeSample[]>();
  for (const sample of samples) {
    if (sample.tenant === null) continue;
    const group = groups.get(sample.tenant);
    if (group === undefined) groups.set(sample.tenant, [sample]);
    else group.push(sample);
  }
  return groups;
}

/** From the start of harm when it is recent, so that good times before it do not thin the ratio; else 10 s, else 60 s. */
function countTenant(
  samples: readonly ProbeSample[],
  at: EpochMs,
  harmAt: EpochMs | null,
  rank: number,
): Measure {
  const short = endedAfter(samples, at - limits.shortWindowMs);
  if (harmAt !== null && harmAt > at - limits.shortWindowMs) {
    const harmed = short.filter((one) => one.startedAt >= harmAt);
    if (isEnough(harmed)) return measure(harmed, rank);
  }
  return measure(isEnough(short) ? short : endedAfter(samples, at - limits.longWindowMs), rank);
}

/** Of the thousands of tenants that a judgement may be about, each is measured once: over the window that is taken. */
function isEnough(samples: readonly ProbeSample[]): boolean {
  return countRequests(samples) >= limits.minTenantRequests;
}

function isFailing(seen: Measure, errorRatio: number | null, general: boolean): boolean {
  return (
    errorRatio !== null &&
    seen.requests >= limits.minTenantRequests &&
    seen.failed >= (general ? 1 : limits.minTenantFailures) &&
    seen.ratio > errorRatio
  );
}

function isSlow(seen: Measure, limitMs: number): boolean {
  const answered = seen.requests - seen.failed;
  return answered >= limits.minTenantRequests && (seen.latencyMs ?? 0) > limitMs;
}

function harmOf(
  seen: Measure,
  scraped: MetricTenant | undefined,
  { errorRatio, latency }: Thresholds,
  general: boolean,
): TenantImpact['harm'] {
  const counted = scraped !== undefined && isTenantAbove(scraped, errorRatio);
  if (counted || isFailing(seen, errorRatio, general)) return 'errors';
  if (latency === null) return 'none';
  const countedSlow = scraped !== undefined && isTenantSlow(scraped, latency.limitMs);
  return countedSlow || isSlow(seen, latency.limitMs) ? 'slow' : 'none';
}

function asMeasure(scraped: MetricTenant): Measure {
  return {
    requests: scraped.requests,
    failed: scraped.failed,
    ratio: scraped.low,
    latencyMs: scraped.latencyMs,
  };
}

/** The source that says more: enough requests first, then the worse ratio. */
function shownMeasure(seen: Measure, scraped: MetricTenant | undefined): Measure {
  if (scraped === undefined) return seen;
  if (seen.requests < limits.minTenantRequests && scraped.requests > seen.requests) return asMeasure(scraped);
  const worse = scraped.requests >= limits.minTenantRequests && scraped.low > seen.ratio;
  return worse ? asMeasure(scraped) : seen;
}

/** Harm of each tenant as its clients see it, by outside probes and the service's own metrics; sorted by name. */
export function tenantImpacts(
  facts: Facts,
  thresholds: Thresholds,
  views: { readonly clients: ClientView; readonly metrics: MetricsView },
): readonly TenantImpact[] {
  const rank = thresholds.latency?.percentile ?? 95;
  const groups = byTenant(facts.probes);
  const scrapes = new Map(views.metrics.tenants.map((one) => [one.tenant, one]));
  const harmAt = views.clients.errors ? views.clients.firstHarmAt : null;
  const names = new Set([...groups.keys(), ...scrapes.keys()]);
  return [...names]
    .filter((tenant) => tenant !== '' && tenant !== 'none')
    .toSorted()
    .map((tenant) => {
      const seen = countTenant(groups.get(tenant) ?? [], facts.at, harmAt, rank);
      const scraped = scrapes.get(tenant);
      const shown = shownMeasure(seen, scraped);
      return {
        tenant,
        requests: shown.requests,
        failed: shown.failed,
        errorRatio: shown.ratio,
        p95Ms: shown.latencyMs,
        judged: shown.requests >= limits.minTenantRequests,
        harm: harmOf(seen, scraped, thresholds, views.clients.errors),
      };
    });
}
