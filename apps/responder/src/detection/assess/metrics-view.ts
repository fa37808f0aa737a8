import type { EpochMs, Facts, RequestMetrics } from '#facts';
import type { Thresholds } from '../thresholds.ts';
import { limits } from './limits.ts';

/** One tenant's requests by the service's own metrics. */
export interface MetricTenant {
  readonly tenant: string;
  readonly requests: number;
  readonly failed: number;
  /** Range of the error ratio: pods that could not be read are taken as all right (low) or all failing (high). */
  readonly low: number;
  readonly high: number;
  readonly latencyMs: number | null;
}

/** What the service's own metrics say (class B). */
export interface MetricsView {
  /** False without a fresh scrape: then it neither agrees nor contradicts. */
  readonly known: boolean;
  readonly tenants: readonly MetricTenant[];
  readonly errors: boolean;
  readonly slow: boolean;
  /** Pods that could not be scraped although they should serve. */
  readonly missing: readonly string[];
  /** Share of pods that could be scraped, 0 to 1. */
  readonly coverage: number;
}

function coverageOf(newest: RequestMetrics | undefined): number {
  if (newest === undefined) return 0;
  const all = newest.podsScraped.length + newest.podsMissing.length;
  return all === 0 ? 0 : newest.podsScraped.length / all;
}

function sumTenants(rows: readonly RequestMetrics[], coverage: number): readonly MetricTenant[] {
  const sums = new Map<string, { requests: number; failed: number; latencyMs: number | null }>();
  for (const { tenant, requests, errors, p95Ms } of rows.flatMap((row) => row.tenants)) {
    const sum = sums.get(tenant) ?? { requests: 0, failed: 0, latencyMs: null };
    const latencyMs = p95Ms === null ? sum.latencyMs : Math.max(sum.latencyMs ?? 0, p95Ms);
    sums.set(tenant, { requests: sum.requests + requests, failed: sum.failed + errors, latencyMs });
  }
  return [...sums].map(([tenant, sum]) => {
    const ratio = sum.requests === 0 ? 0 : sum.failed / sum.requests;
    return { tenant, ...sum, low: ratio * coverage, high: ratio * coverage + (1 - coverage) };
  });
}

function isAbove(tenants: readonly MetricTenant[], errorRatio: number | null): boolean {
  if (errorRatio === null) return false;
  const requests = tenants.reduce((sum, one) => sum + one.requests, 0);
  const failed = tenants.reduce((sum, one) => sum + one.failed, 0);
  const weighted = tenants.reduce((sum, one) => sum + one.low * one.requests, 0);
  if (requests < limits.minRequests || failed < limits.minFailures) return false;
  return weighted / requests > errorRatio || tenants.some((one) => isTenantAbove(one, errorRatio));
}

/** One tenant above the limit on the low end of its range, with enough requests to judge it. */
export function isTenantAbove(one: MetricTenant, errorRatio: number | null): boolean {
  return (
    errorRatio !== null &&
    one.requests >= limits.minTenantRequests &&
    one.failed >= limits.minTenantFailures &&
    one.low > errorRatio
  );
}

function newerThan(rows: readonly RequestMetrics[], from: EpochMs): readonly RequestMetrics[] {
  return rows.filter((row) => row.to > from);
}

interface Summed {
  readonly newest: RequestMetrics | undefined;
  readonly coverage: number;
  readonly tenants: readonly MetricTenant[];
}

function sumUp(metrics: Facts['metrics']): Summed {
  const rows = metrics.toSorted((a, b) => a.to - b.to);
  const newest = rows.at(-1);
  const coverage = coverageOf(newest);
  if (newest === undefined) return { newest, coverage, tenants: [] };
  const short = sumTenants(newerThan(rows, newest.to - limits.shortWindowMs), coverage);
  const enough = short.reduce((sum, one) => sum + one.requests, 0) >= limits.minRequests;
  const tenants = enough ? short : sumTenants(newerThan(rows, newest.to - limits.longWindowMs), coverage);
  return { newest, coverage, tenants };
}

/** The same rounds are asked for many times until the next one; with thousands of tenants the sum is worth keeping. */
const summed = new WeakMap<Facts['metrics'], Summed>();

function sumOnce(metrics: Facts['metrics']): Summed {
  const known = summed.get(metrics) ?? sumUp(metrics);
  summed.set(metrics, known);
  return known;
}

/** Sums the scrapes of the last 10 s (60 s when they hold too few requests); a limit is judged on the low end. */
export function metricsView(facts: Facts, thresholds: Thresholds): MetricsView {
  const { newest, coverage, tenants } = sumOnce(facts.metrics);
  const known = newest !== undefined && newest.to > facts.at - limits.freshMs;
  if (!known) return { known, tenants: [], errors: false, slow: false, missing: [], coverage };
  const { latency } = thresholds;
  const missing = new Set(newest.podsMissing);
  const serving = new Set(
    missing.size === 0
      ? []
      : facts.cluster.pods
          .filter((pod) => missing.has(pod.name) && pod.ready && pod.deletionAt === null)
          .map((pod) => pod.name),
  );
  return {
    known,
    tenants,
    errors: isAbove(tenants, thresholds.errorRatio),
    slow: latency !== null && tenants.some((one) => isTenantSlow(one, latency.limitMs)),
    missing: newest.podsMissing.filter((pod) => serving.has(pod)),
    coverage,
  };
}

/** One tenant too slow, with enough requests to judge it. */
export function isTenantSlow(one: MetricTenant, limitMs: number): boolean {
  return one.requests >= limits.minTenantRequests && one.latencyMs !== null && one.latencyMs > limitMs;
}
