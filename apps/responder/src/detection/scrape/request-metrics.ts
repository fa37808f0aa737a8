import type { EpochMs, PoolGauge, RequestMetrics, TenantRequests } from '#facts';
import type { PodCounters, TenantCounters } from './pod-counters.ts';

/** One round over all pods. */
export interface Scrape {
  readonly at: EpochMs;
  /** Counters of each pod that answered. */
  readonly pods: ReadonlyMap<string, PodCounters>;
  /** Pods that should have answered and did not. */
  readonly missing: readonly string[];
  /** Pods whose counters here are those of the round before, because they did not answer this one. */
  readonly missed: ReadonlySet<string>;
  /** Pods that started after the round before: all they count is new. */
  readonly fresh: ReadonlySet<string>;
}

const none: TenantCounters = { requests: 0, errors: 0, buckets: new Map() };

/** A counter that fell was reset by a restart: all it shows is new. */
function grown(now: number, before: number): number {
  return now >= before ? now - before : now;
}

function tenantDelta(now: TenantCounters, before: TenantCounters): TenantCounters {
  const buckets = [...now.buckets].map(
    ([bound, count]) => [bound, grown(count, before.buckets.get(bound) ?? 0)] as const,
  );
  return {
    requests: grown(now.requests, before.requests),
    errors: grown(now.errors, before.errors),
    buckets: new Map(buckets),
  };
}

/** 95th percentile by linear interpolation within its bucket, milliseconds; null without requests. */
export function bucketP95Ms(buckets: ReadonlyMap<number, number>): number | null {
  const sorted = [...buckets].toSorted(([a], [b]) => a - b);
  const total = sorted.at(-1)?.[1] ?? 0;
  if (total === 0) return null;
  const rank = 0.95 * total;
  let [lowerBound, lowerCount] = [0, 0];
  for (const [bound, count] of sorted) {
    if (count >= rank) {
      if (bound === Infinity) return lowerBound * 1000;
      const share = count === lowerCount ? 1 : (rank - lowerCount) / (count - lowerCount);
      return (lowerBound + (bound - lowerBound) * share) * 1000;
    }
    [lowerBound, lowerCount] = [bound, count];
  }
  return null;
}

function addInto(sum: TenantCounters | undefined, one: TenantCounters): TenantCounters {
  if (sum === undefined) return one;
  const buckets = new Map(sum.buckets);
  for (const [bound, count] of one.buckets) buckets.set(bound, (buckets.get(bound) ?? 0) + count);
  return { requests: sum.requests + one.requests, errors: sum.errors + one.errors, buckets };
}

function tenantSums(before: Scrape, now: Scrape): ReadonlyMap<string, TenantCounters> {
  const sums = new Map<string, TenantCounters>();
  for (const [pod, counters] of now.pods) {
    const earlier = before.pods.get(pod);
    // Without an earlier reading of an old pod, its counters say nothing about this window.
    if (earlier === undefined && !now.fresh.has(pod)) continue;
    for (const [tenant, count] of counters.tenants) {
      const delta = tenantDelta(count, earlier?.tenants.get(tenant) ?? none);
      sums.set(tenant, addInto(sums.get(tenant), delta));
    }
  }
  return sums;
}

/** What happened between two rounds, over all pods that answered both. */
export function requestMetrics(before: Scrape, now: Scrape): RequestMetrics {
  const tenants: TenantRequests[] = [...tenantSums(before, now)]
    .filter(([, sum]) => sum.requests > 0)
    .map(([tenant, sum]) => ({
      tenant,
      requests: sum.requests,
      errors: sum.errors,
      p95Ms: bucketP95Ms(sum.buckets),
    }));
  const pools: PoolGauge[] = [...now.pods].flatMap(([pod, { pool }]) =>
    pool === null ? [] : [{ pod, ...pool }],
  );
  const memory = [...now.pods].flatMap(([pod, { memoryBytes: bytes }]) =>
    bytes === undefined ? [] : [{ pod, bytes }],
  );
  return {
    from: before.at,
    to: now.at,
    tenants,
    podsScraped: [...now.pods.keys()],
    podsMissing: now.missing,
    pools,
    ...(memory.length === 0 ? {} : { memory }),
  };
}
