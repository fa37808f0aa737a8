import type { EpochMs, Facts, ProbeSample } from '#facts';
import type { Thresholds } from '../thresholds.ts';
import { limits } from './limits.ts';
import { endedAfter, isFailure, measure, type Measure } from './measure.ts';

/** What clients see from outside (class A). */
export interface ClientView {
  readonly total: Measure;
  /** Length of the window that `total` counts, milliseconds. */
  readonly windowMs: number;
  /** Errors over all tenants are above the document's limit, with enough requests and failures to say so. */
  readonly errors: boolean;
  /** Above the limit, or unanswered for too long, but not enough to say so yet. */
  readonly hint: boolean;
  /** Too slow over all tenants, with enough answers to say so. */
  readonly slow: boolean;
  /** Nobody at all is served. */
  readonly allFail: boolean;
  /** Nobody has been served for 2 s, several failures long: may be a gap, and becomes an outage when another class says why. */
  readonly noneServedLately: boolean;
  /** The newest failure or too slow answer is recent enough to call it going on. */
  readonly ongoing: boolean;
  readonly firstHarmAt: EpochMs | null;
  readonly lastHarmAt: EpochMs | null;
  /** The most frequent way of failing, for example `timeout`. */
  readonly stage: ProbeSample['outcome'] | null;
}

function isSlow(sample: ProbeSample, thresholds: Thresholds): boolean {
  const { latency } = thresholds;
  return latency !== null && sample.outcome === 'ok' && sample.durationMs > latency.limitMs;
}

/** Starts of requests still unanswered after the latency limit (1 s where the document sets none). */
function overdue(facts: Facts, thresholds: Thresholds): readonly EpochMs[] {
  const limitMs = thresholds.latency?.limitMs ?? 1000;
  return facts.pending.filter((one) => facts.at - one.startedAt > limitMs).map((one) => one.startedAt);
}

function episodeStart(harms: readonly EpochMs[]): EpochMs | null {
  let start: EpochMs | null = null;
  for (const at of harms.toSorted((a, b) => b - a)) {
    if (start !== null && start - at > limits.episodeGapMs) break;
    start = at;
  }
  return start;
}

function isAbove(counted: Measure, errorRatio: number): boolean {
  return (
    counted.ratio > errorRatio &&
    counted.requests >= limits.minRequests &&
    counted.failed >= limits.minFailures
  );
}

/** Over 10 s with enough requests and failures, else over 60 s, as long as the 10 s do not contradict. */
function findErrors(short: Measure, countLong: () => Measure, errorRatio: number | null) {
  if (errorRatio === null) return { errors: false, windowMs: limits.shortWindowMs, total: short };
  if (isAbove(short, errorRatio)) return { errors: true, windowMs: limits.shortWindowMs, total: short };
  const thin = short.requests < limits.minRequests || short.ratio > errorRatio;
  if (thin && short.failed > 0) {
    const long = countLong();
    if (isAbove(long, errorRatio)) return { errors: true, windowMs: limits.longWindowMs, total: long };
  }
  return { errors: false, windowMs: limits.shortWindowMs, total: short };
}

function isAnyServed(recent: readonly ProbeSample[], since: EpochMs): boolean {
  return recent.some((one) => one.outcome === 'ok' && one.endedAt > since);
}

function isAllFail(recent: readonly ProbeSample[], at: EpochMs): boolean {
  const failed = recent.filter(isFailure).length;
  return failed >= limits.minFailures && !isAnyServed(recent, at - limits.shortWindowMs / 2);
}

function isNoneServedLately(recent: readonly ProbeSample[], at: EpochMs): boolean {
  const since = at - limits.noneServedMs;
  const failed = recent.filter((one) => isFailure(one) && one.endedAt > since).length;
  return failed >= limits.minFailures && !isAnyServed(recent, since);
}

/** Failures and overdue requests of the last 5 s above the limit: a suspicion, before there are enough to judge. */
function isHint(
  recent: readonly ProbeSample[],
  late: readonly EpochMs[],
  at: EpochMs,
  errorRatio: number | null,
): boolean {
  const newest = recent.filter((one) => one.startedAt > at - limits.shortWindowMs / 2);
  const bad = newest.filter(isFailure).length + late.length;
  return errorRatio !== null && bad >= 2 && bad / (newest.length + late.length) > errorRatio;
}

function commonStage(failures: readonly ProbeSample[]): ClientView['stage'] {
  const counts = new Map<ProbeSample['outcome'], number>();
  for (const { outcome } of failures) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

function isSlowOverall(recent: readonly ProbeSample[], short: Measure, thresholds: Thresholds): boolean {
  const { latency } = thresholds;
  if (latency === null || short.latencyMs === null || short.requests < limits.minRequests) return false;
  const slow = recent.filter((one) => isSlow(one, thresholds)).length;
  return short.latencyMs > latency.limitMs && slow >= limits.minFailures;
}

/** Counts the outside probes of the last 10 s (60 s when there are few). */
export function clientView(facts: Facts, thresholds: Thresholds): ClientView {
  const { at } = facts;
  const rank = thresholds.latency?.percentile ?? 95;
  const long = endedAfter(facts.probes, at - limits.longWindowMs);
  const recent = endedAfter(long, at - limits.shortWindowMs);
  const short = measure(recent, rank);
  const found = findErrors(short, () => measure(long, rank), thresholds.errorRatio);
  const late = overdue(facts, thresholds);
  const harmful = facts.probes.filter((one) => isFailure(one) || isSlow(one, thresholds));
  const harms = [...harmful.map((one) => one.startedAt), ...late];
  const slow = isSlowOverall(recent, short, thresholds);
  const ends = harmful.map((one) => one.endedAt);
  return {
    ...found,
    slow,
    hint: isHint(recent, late, at, thresholds.errorRatio),
    allFail: isAllFail(recent, at),
    noneServedLately: isNoneServedLately(recent, at),
    ongoing: late.length > 0 || Math.max(-Infinity, ...ends) > at - limits.ongoingMs,
    firstHarmAt: episodeStart(harms),
    lastHarmAt: harms.length === 0 ? null : Math.max(...harms),
    stage: commonStage(recent.filter(isFailure)),
  };
}
