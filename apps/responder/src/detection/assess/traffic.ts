import type { EpochMs, Facts } from '#facts';
import { limits } from './limits.ts';
import type { MetricsView } from './metrics-view.ts';

/** What clients send in quiet times, beside the probes. */
export interface Traffic {
  /** Since when there has been traffic. */
  readonly since: EpochMs;
  /** Slow average, requests a second. */
  readonly perSecond: number;
  readonly at: EpochMs;
}

/** A habit, not a burst: this many requests a second, for this long. */
const minPerSecond = 2;
const habitMs = 5 * 60_000;
const averageMs = 5 * 60_000;
/** Without traffic it is expected ever less, until nobody expects any. */
const forgetMs = 30 * 60_000;
/** Below this share of the habit there is as good as none. */
const goneShare = 0.05;

/** Requests a second that the metrics of the last 10 s count and no probe of ours sent; null while that cannot be told. */
function clientRate({ at, metrics, probes }: Facts, view: MetricsView): number | null {
  if (!view.known || view.coverage < 1) return null;
  const rows = metrics.filter((row) => row.to > at - limits.freshMs);
  const from = Math.min(...rows.map((row) => row.from));
  const to = Math.max(...rows.map((row) => row.to));
  if (rows.length === 0 || to - from < 1000) return null;
  const counted = rows.flatMap((row) => row.tenants).reduce((sum, one) => sum + one.requests, 0);
  const own = probes.filter((one) => one.endedAt > from && one.endedAt <= to).length;
  return Math.max(0, counted - own) / ((to - from) / 1000);
}

function isGone(rate: number, before: Traffic): boolean {
  return rate < before.perSecond * goneShare;
}

/** The habit after this instant, and whether the traffic that it lets expect is gone. */
export function followTraffic(
  facts: Facts,
  view: MetricsView,
  before: Traffic | null,
): { readonly traffic: Traffic | null; readonly vanished: boolean } {
  const rate = clientRate(facts, view);
  const { at } = facts;
  if (rate === null) return { traffic: before, vanished: false };
  if (before === null)
    return { traffic: rate > 0 ? { since: at, perSecond: rate, at } : null, vanished: false };
  const passed = at - before.at;
  if (isGone(rate, before)) {
    const perSecond = before.perSecond * Math.exp(-passed / forgetMs);
    const vanished = perSecond >= minPerSecond && at - before.since >= habitMs;
    return { traffic: { ...before, perSecond, at }, vanished };
  }
  const share = 1 - Math.exp(-passed / averageMs);
  return {
    traffic: { ...before, perSecond: before.perSecond + share * (rate - before.perSecond), at },
    vanished: false,
  };
}
