import type { Outcome, OutcomeRing, TenantTally } from './outcome-ring.ts';

/** What one tenant met in one second; `failed` includes `timeouts`. `p95Ms` is of all requests, null without any. */
export interface TenantSecond {
  ok: number;
  failed: number;
  timeouts: number;
  p95Ms: number | null;
}

/** What one tenant met lately; `errorRatio` in [0, 1], null without requests. */
export interface TenantWindow {
  requests: number;
  failed: number;
  timeouts: number;
  errorRatio: number | null;
  p95Ms: number | null;
}

/** The outside client's view. */
export interface TrafficStats {
  /** By the second in which a request was sent; `settled` once none of that second can still be under way. */
  perSecond: { at: string; settled: boolean; tenants: Record<string, TenantSecond> }[];
  /** By the time at which a request ended. */
  current: { windowMs: number; tenants: Record<string, TenantWindow> };
}

/** The value below which 95 of 100 lie (nearest rank), in the unit given; null of nothing. */
export function p95(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? null;
}

const count = (tally: TenantTally, outcome: Outcome): number => tally.outcomes[outcome];

function secondOf(tally: TenantTally): TenantSecond {
  const timeouts = count(tally, 'timeout');
  return {
    ok: count(tally, 'ok'),
    failed: count(tally, 'error') + timeouts,
    timeouts,
    p95Ms: p95(tally.tookMs),
  };
}

function windowOf(tallies: readonly TenantTally[]): TenantWindow {
  const parts = tallies.map(secondOf);
  const sum = (key: 'ok' | 'failed' | 'timeouts'): number =>
    parts.reduce((total, part) => total + part[key], 0);
  const failed = sum('failed');
  const requests = sum('ok') + failed;
  return {
    requests,
    failed,
    timeouts: sum('timeouts'),
    errorRatio: requests === 0 ? null : failed / requests,
    p95Ms: p95(tallies.flatMap((tally) => tally.tookMs)),
  };
}

function byTenant<T>(tenants: readonly string[], value: (tenant: string) => T): Record<string, T> {
  return Object.fromEntries(tenants.map((tenant) => [tenant, value(tenant)]));
}

/** The seconds from `sinceMs` on, as the requests were sent. */
export function perSecond(
  sent: OutcomeRing,
  when: { sinceMs: number; nowMs: number; settleMs: number },
): TrafficStats['perSecond'] {
  return sent.seconds(when.sinceMs, when.nowMs).map(({ atMs, tallies }) => ({
    at: new Date(atMs).toISOString(),
    settled: atMs + 1000 + when.settleMs <= when.nowMs,
    tenants: byTenant([...tallies.keys()], (tenant) => secondOf(sent.tally(atMs, tenant))),
  }));
}

/** The last `windowMs` (whole seconds, the present one included) as the requests ended; every tenant named, also idle ones. */
export function currentWindow(
  ended: OutcomeRing,
  tenants: readonly string[],
  when: { nowMs: number; windowMs: number },
): TrafficStats['current'] {
  const seconds = ended.seconds(when.nowMs - when.windowMs + 1000, when.nowMs);
  const tallies = (tenant: string): TenantTally[] => seconds.map(({ atMs }) => ended.tally(atMs, tenant));
  return { windowMs: when.windowMs, tenants: byTenant(tenants, (tenant) => windowOf(tallies(tenant))) };
}
