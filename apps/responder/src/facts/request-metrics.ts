import type { EpochMs } from './epoch-ms.ts';

/** Requests of one tenant as the service's own metrics count them over a window (source class B). */
export interface TenantRequests {
  readonly tenant: string;
  readonly requests: number;
  readonly errors: number;
  readonly p95Ms: number | null;
}

/** Connection pool gauges of one pod. */
export interface PoolGauge {
  readonly pod: string;
  readonly size: number;
  readonly inUse: number;
  readonly waiting: number;
}

/** Difference of two scrapes of every pod; coverage says how many pods could be scraped. */
export interface RequestMetrics {
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly tenants: readonly TenantRequests[];
  readonly podsScraped: readonly string[];
  readonly podsMissing: readonly string[];
  readonly pools: readonly PoolGauge[];
  /** Resident memory of each pod that tells it, bytes. */
  readonly memory?: readonly { readonly pod: string; readonly bytes: number }[];
}
