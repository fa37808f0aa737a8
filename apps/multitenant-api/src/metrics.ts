import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { PoolState } from './database.ts';

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
  /** The text exposition and its content type. */
  render(): Promise<{ contentType: string; text: string }>;
}

/** Keeps the first `limit` names apart and calls every later one "other", so that tenants cannot grow the metrics without end. */
export function boundedLabel(limit: number): (name: string) => string {
  const kept = new Set<string>();
  return (name) => {
    if (kept.has(name)) return name;
    if (kept.size >= limit) return 'other';
    kept.add(name);
    return name;
  };
}

function poolGauges(registry: Registry, maxConnections: number, poolState: () => PoolState): void {
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
}

/** Creates a registry of its own, so that two services in one process (a test) do not meet. */
export function createMetrics(options: {
  poolState: () => PoolState;
  maxConnections: number;
  tenantLabels: number;
}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  poolGauges(registry, options.maxConnections, options.poolState);
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
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2.5, 5],
    registers,
  });
  const label = boundedLabel(options.tenantLabels);
  return {
    served({ method, route, status, tenant, ms }) {
      const bounded = label(tenant);
      requests.inc({ method, route, status: String(status), tenant: bounded });
      duration.observe({ route, tenant: bounded }, ms / 1000);
    },
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}
