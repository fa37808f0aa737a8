import type { PoolGauge } from '#facts';
import type { MetricSample } from './parse-exposition.ts';
import type { Series } from './series.ts';

/** A cumulative histogram: `counts[i]` requests took at most `bounds[i]` seconds. Bounds rise. */
export interface Buckets {
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
}

/** Counters of one tenant on one pod since the pod's start. */
export interface TenantCounters {
  readonly requests: number;
  readonly errors: number;
  readonly buckets: Buckets;
}

/** What one scrape of one pod counts. */
export interface PodCounters {
  readonly tenants: ReadonlyMap<string, TenantCounters>;
  readonly pool: Omit<PoolGauge, 'pod'> | null;
  /** Resident memory of the process, bytes; absent when it does not tell. */
  readonly memoryBytes?: number;
}

const requestsName = 'http_requests_total';
const bucketName = 'http_request_duration_seconds_bucket';
const poolNames = ['db_pool_size', 'db_pool_max', 'db_pool_in_use', 'db_pool_waiting'];
const memoryName = 'process_resident_memory_bytes';
const wantedNames = new Set([requestsName, bucketName, memoryName, ...poolNames]);

/** Gauges that are read besides the counters. */
export const gaugeNames: readonly string[] = [memoryName, ...poolNames];

type Gauge = Pick<MetricSample, 'name' | 'value'>;

/** The metrics of a watched service that are read. */
export function isWantedMetric(name: string): boolean {
  return wantedNames.has(name);
}

/** A server's failure, or a client that gave up waiting (499). */
function isError(status: string | undefined): boolean {
  return status !== undefined && (status.startsWith('5') || status === '499');
}

/** What a series counts, and for whom. */
export type CounterSeries =
  | { readonly kind: 'requests'; readonly tenant: string; readonly isError: boolean }
  | { readonly kind: 'bucket'; readonly tenant: string; readonly bound: number }
  | { readonly kind: 'gauge'; readonly name: string };

/** Null for a counter without tenant label: it belongs to no tenant and is left out. */
export function counterSeries({ name, labels }: Series): CounterSeries | null {
  if (name !== requestsName && name !== bucketName) return { kind: 'gauge', name };
  const { tenant, le } = labels;
  if (tenant === undefined) return null;
  if (name === requestsName)
    return { kind: 'requests', tenant, isError: isError(labels['status'] ?? labels['code']) };
  return { kind: 'bucket', tenant, bound: le === '+Inf' ? Infinity : Number(le) };
}

function poolOf(samples: readonly Gauge[]): PodCounters['pool'] {
  const gauge = (name: string) => samples.find((one) => one.name === name)?.value;
  const size = gauge('db_pool_max') ?? gauge('db_pool_size');
  if (size === undefined) return null;
  return { size, inUse: gauge('db_pool_in_use') ?? 0, waiting: gauge('db_pool_waiting') ?? 0 };
}

/** What the gauges of one pod say. */
export function gaugesOf(samples: readonly Gauge[]): Omit<PodCounters, 'tenants'> {
  const memoryBytes = samples.find((one) => one.name === memoryName)?.value;
  return { pool: poolOf(samples), ...(memoryBytes === undefined ? {} : { memoryBytes }) };
}

type Counted = {
  requests: number;
  errors: number;
  buckets: { bounds: readonly number[]; counts: number[] };
};

/** Adds up the samples of one pod. */
export interface PodCounting {
  add(series: CounterSeries, value: number): void;
  /** What was added; the end of the counting. */
  counters(): PodCounters;
}

/** One list of bounds for all tenants of a pod: with thousands of them, a list each would be most of the memory. */
export function countPod(): PodCounting {
  const tenants = new Map<string, Counted>();
  let newest: { readonly name: string; readonly counted: Counted } | null = null;
  const gauges: Gauge[] = [];
  /** As they come up. */
  const bounds: number[] = [];

  function addTenant(name: string): Counted {
    const added = { requests: 0, errors: 0, buckets: { bounds, counts: bounds.map(() => 0) } };
    tenants.set(name, added);
    return added;
  }

  /** The lines of a tenant mostly stand together. */
  function tenantOf(name: string): Counted {
    if (newest?.name !== name) newest = { name, counted: tenants.get(name) ?? addTenant(name) };
    return newest.counted;
  }

  function placeOf(bound: number): number {
    const place = bounds.indexOf(bound);
    return place >= 0 ? place : bounds.push(bound) - 1;
  }

  return {
    add(series, value) {
      switch (series.kind) {
        case 'requests': {
          const tenant = tenantOf(series.tenant);
          tenant.requests += value;
          if (series.isError) tenant.errors += value;
          return;
        }
        case 'bucket': {
          const { counts } = tenantOf(series.tenant).buckets;
          const place = placeOf(series.bound);
          counts[place] = (counts[place] ?? 0) + value;
          return;
        }
        case 'gauge':
          gauges.push({ name: series.name, value });
          return;
        default:
          series satisfies never;
      }
    },
    counters() {
      sortBuckets([...tenants.values()], bounds);
      return { tenants, ...gaugesOf(gauges) };
    },
  };
}

/** Most texts name the bounds in rising order, and all of them for every tenant: then there is nothing to do. */
function sortBuckets(tenants: readonly Counted[], bounds: readonly number[]): void {
  const rising = bounds.toSorted((a, b) => a - b);
  const places = rising.map((bound) => bounds.indexOf(bound));
  const isRising = places.every((place, i) => place === i);
  for (const { buckets } of tenants) {
    if (isRising && buckets.counts.length === bounds.length) continue;
    buckets.counts = places.map((place) => buckets.counts[place] ?? 0);
    buckets.bounds = rising;
  }
}

/** Adds up the samples of one pod that have been kept. */
export function podCounters(samples: readonly MetricSample[]): PodCounters {
  const counting = countPod();
  for (const { value, ...of } of samples) {
    const series = counterSeries(of);
    if (series !== null) counting.add(series, value);
  }
  return counting.counters();
}
