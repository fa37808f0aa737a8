import type { PoolGauge } from '#facts';
import type { MetricSample } from './parse-exposition.ts';

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

type Building = {
  requests: number;
  errors: number;
  buckets: { bounds: readonly number[]; counts: number[] };
};

function addTo(tenant: Building, { name, labels, value }: MetricSample): void {
  if (name === requestsName) {
    tenant.requests += value;
    if (isError(labels['status'] ?? labels['code'])) tenant.errors += value;
    return;
  }
  const { bounds, counts } = tenant.buckets;
  const place = bounds.indexOf(boundOf(labels['le']));
  counts[place] = (counts[place] ?? 0) + value;
}

function boundOf(text: string | undefined): number {
  return text === '+Inf' ? Infinity : Number(text);
}

/** One list for all tenants of a pod: with thousands of them, a list each would be most of the memory. */
function boundsOf(samples: readonly MetricSample[]): readonly number[] {
  const texts = new Set(samples.map(({ name, labels }) => (name === bucketName ? labels['le'] : undefined)));
  texts.delete(undefined);
  return [...texts].map(boundOf).toSorted((a, b) => a - b);
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

/** Adds up the samples of one pod; a histogram without tenant label belongs to no tenant and is left out. */
export function podCounters(samples: readonly MetricSample[]): PodCounters {
  const tenants = new Map<string, Building>();
  const bounds = boundsOf(samples);
  for (const sample of samples) {
    const tenant = sample.labels['tenant'];
    if (tenant === undefined || (sample.name !== requestsName && sample.name !== bucketName)) continue;
    let counters = tenants.get(tenant);
    if (counters === undefined) {
      counters = { requests: 0, errors: 0, buckets: { bounds, counts: bounds.map(() => 0) } };
      tenants.set(tenant, counters);
    }
    addTo(counters, sample);
  }
  return { tenants, ...gaugesOf(samples) };
}
