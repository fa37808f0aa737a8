import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { CacheResult } from '../cache/read-cache.ts';
import type { PoolState } from '../database/open-pool.ts';
import type { LimitSource } from '../limits/limiter.ts';
import type { BreakerMode } from '../redis/breaker.ts';
import type { RedisMiss } from '../redis/redis.ts';
import { boundedLabel } from './bounded-label.ts';

/** One answered request, as the metrics and the log count it. */
export interface ServedRequest {
  method: string;
  route: string;
  status: number;
  tenant: string;
  ms: number;
}

/** The Prometheus side of the service. */
export interface Metrics {
  served(request: ServedRequest): void;
  waitedForConnection(ms: number): void;
  gotNoConnection(reason: 'queue-full' | 'timeout'): void;
  readThroughCache(result: CacheResult): void;
  limited(source: LimitSource, allowed: boolean): void;
  missedRedis(miss: RedisMiss): void;
  /** The text exposition and its content type. */
  render(): Promise<{ contentType: string; text: string }>;
}

/** What is read when somebody scrapes. */
export interface Gauges {
  poolState: () => PoolState;
  maxConnections: number;
  maxWaiting: number;
  /** Undefined without a configured Redis. */
  redisMode: () => BreakerMode | undefined;
}

const waitBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2.5, 5];

function addGauges(registry: Registry, gauges: Gauges): void {
  const { poolState, maxConnections, maxWaiting, redisMode } = gauges;
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => number): Gauge =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge('db_pool_max', 'Connections that the pool may open', () => maxConnections);
  gauge('db_pool_size', 'Connections that are open', () => poolState().size);
  gauge('db_pool_in_use', 'Connections lent to a request', () => poolState().inUse);
  gauge('db_pool_idle', 'Connections open and free', () => poolState().idle);
  gauge('db_pool_waiting', 'Requests that wait for a connection', () => poolState().waiting);
  gauge('db_pool_waiting_max', 'Requests that may wait for a connection', () => maxWaiting);
  if (redisMode() === undefined) return;
  gauge('redis_up', 'Whether Redis is asked: 0 while its breaker is open', () =>
    redisMode() === 'closed' ? 1 : 0,
  );
}

/** Finds the counter of a set of labels once: hashing labels is most of what counting costs. Labels are few (see `boundedLabel`). */
function onceByKey<T>(): (key: string, find: () => T) => T {
  const known = new Map<string, T>();
  return (key, find) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = find();
    known.set(key, made);
    return made;
  };
}

function requestMetrics(registry: Registry, tenantLabels: number): (request: ServedRequest) => void {
  const registers = [registry];
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Requests answered or given up by the client (499); probes and scrapes are not counted',
    labelNames: ['method', 'route', 'status', 'tenant'] as const,
    registers,
  });
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of its answer',
    labelNames: ['route', 'tenant'] as const,
    buckets: durationBuckets,
    registers,
  });
  const label = boundedLabel(tenantLabels);
  const counterOf = onceByKey<{ inc: () => void }>();
  const timerOf = onceByKey<{ observe: (seconds: number) => void }>();
  return ({ method, route, status, tenant: name, ms }) => {
    const tenant = label(name);
    const labels = { method, route, status: String(status), tenant };
    counterOf(`${method} ${route} ${status} ${tenant}`, () => requests.labels(labels)).inc();
    timerOf(`${route} ${tenant}`, () => duration.labels({ route, tenant })).observe(ms / 1000);
  };
}

/** Creates a registry of its own, so that two services in one process (a test) do not meet. */
export function createMetrics(options: Gauges & { tenantLabels: number }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  addGauges(registry, options);
  const served = requestMetrics(registry, options.tenantLabels);
  const wait = new Histogram({
    name: 'db_pool_wait_seconds',
    help: 'Time from asking for a connection to having it',
    buckets: waitBuckets,
    registers,
  });
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]): Counter<L> =>
    new Counter({ name, help, labelNames, registers });
  const refused = counter('db_pool_refused_total', 'Requests that got no connection', 'reason');
  const cache = counter(
    'cache_requests_total',
    'Reads that the cache was asked for; bypass: it did not answer',
    'result',
  );
  const limits = counter(
    'rate_limit_requests_total',
    'Requests that were counted, by who counted',
    'source',
    'result',
  );
  const missed = counter('redis_misses_total', 'Requests that went on without Redis', 'reason');
  return {
    served,
    waitedForConnection: (ms) => wait.observe(ms / 1000),
    gotNoConnection: (reason) => refused.inc({ reason }),
    readThroughCache: (result) => cache.inc({ result }),
    limited: (source, allowed) => limits.inc({ source, result: allowed ? 'allowed' : 'limited' }),
    missedRedis: (reason) => missed.inc({ reason }),
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}
