import type { EpochMs, PoolGauge, RequestMetrics, TenantRequests } from '#facts';
import type { Buckets, PodCounters, TenantCounters } from './pod-counters.ts';

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

const none: TenantCounters = { requests: 0, errors: 0, buckets: { bounds: [], counts: [] } };

/** A counter that fell was reset by a restart: all it shows is new. */
function grown(now: number, before: number): number {
  return now >= before ? now - before : now;
}

/** How many were surely at or below a bound, also of a histogram that has another one there; `place` is where it most likely stands. */
function countAt({ bounds, counts }: Buckets, bound: number, place: number): number {
  return counts[bounds[place] === bound ? place : bounds.findLastIndex((one) => one <= bound)] ?? 0;
}

function bucketGrowth(now: Buckets, before: Buckets): Sum['buckets'] {
  const { bounds, counts } = now;
  return {
    bounds,
    counts: counts.map((count, i) => grown(count, countAt(before, bounds[i] ?? Infinity, i))),
  };
}

/** 95th percentile by linear interpolation within its bucket, milliseconds; null without requests. */
export function bucketP95Ms({ bounds, counts }: Buckets): number | null {
  const total = counts.at(-1) ?? 0;
  if (total === 0) return null;
  const rank = 0.95 * total;
  let [lowerBound, lowerCount] = [0, 0];
  for (const [i, bound] of bounds.entries()) {
    const count = counts[i] ?? 0;
    if (count >= rank) {
      if (bound === Infinity) return lowerBound * 1000;
      const share = count === lowerCount ? 1 : (rank - lowerCount) / (count - lowerCount);
      return (lowerBound + (bound - lowerBound) * share) * 1000;
    }
    [lowerBound, lowerCount] = [bound, count];
  }
  return null;
}

function areSame(some: readonly number[], others: readonly number[]): boolean {
  return some === others || (some.length === others.length && some.every((one, i) => one === others[i]));
}

/** Of two releases with other buckets. */
function addBuckets(sum: Buckets, one: Buckets): Sum['buckets'] {
  const bounds = [...new Set([...sum.bounds, ...one.bounds])].toSorted((a, b) => a - b);
  return { bounds, counts: bounds.map((bound, i) => countAt(sum, bound, i) + countAt(one, bound, i)) };
}

/** A tenant's growth over all pods. Added up in place: of thousands of tenants on each pod nothing is to be left over. */
interface Sum {
  requests: number;
  errors: number;
  buckets: { readonly bounds: readonly number[]; readonly counts: number[] };
}

function addGrowth(sum: Sum, now: TenantCounters, before: TenantCounters): void {
  sum.requests += grown(now.requests, before.requests);
  sum.errors += grown(now.errors, before.errors);
  const { bounds, counts } = now.buckets;
  if (!areSame(sum.buckets.bounds, bounds)) {
    sum.buckets = addBuckets(sum.buckets, bucketGrowth(now.buckets, before.buckets));
    return;
  }
  for (let i = 0; i < counts.length; i += 1) {
    const growth = grown(counts[i] ?? 0, countAt(before.buckets, bounds[i] ?? Infinity, i));
    sum.buckets.counts[i] = (sum.buckets.counts[i] ?? 0) + growth;
  }
}

function emptySum({ buckets: { bounds } }: TenantCounters): Sum {
  return { requests: 0, errors: 0, buckets: { bounds, counts: bounds.map(() => 0) } };
}

function tenantSums(before: Scrape, now: Scrape): ReadonlyMap<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const [pod, counters] of now.pods) {
    const earlier = before.pods.get(pod);
    // Without an earlier reading of an old pod, its counters say nothing about this window.
    if (earlier === undefined && !now.fresh.has(pod)) continue;
    for (const [tenant, count] of counters.tenants) {
      const earlierCount = earlier?.tenants.get(tenant) ?? none;
      if (count.requests === earlierCount.requests) continue;
      const sum = sums.get(tenant) ?? emptySum(count);
      sums.set(tenant, sum);
      addGrowth(sum, count, earlierCount);
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
