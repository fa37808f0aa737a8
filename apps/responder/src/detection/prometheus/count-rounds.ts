import type { EpochMs, PodFact, RequestMetrics } from '#facts';
import { carriedCounters } from '../scrape/carried-counters.ts';
import { requestMetrics, type Scrape } from '../scrape/request-metrics.ts';
import type { CounterReading } from './read-counters.ts';

/** What happened between one reading and the next. */
export interface Rounds {
  /** Differences of the last 90 s, oldest first. */
  metrics(): readonly RequestMetrics[];
  /** True when the newest reading followed another: what it counts is of the present. */
  isGood(): boolean;
  take(reading: CounterReading, at: EpochMs): void;
  /** What was being counted ends: the next reading begins anew. */
  breakOff(): void;
}

export interface RoundOptions {
  readonly pods: () => readonly PodFact[];
  /** Pods that are younger began to count when they were first seen. */
  readonly since: EpochMs;
  /** Age from which a sample is not of the present, milliseconds. */
  readonly oldestMs: number;
}

const keepMs = 90_000;

interface Round {
  readonly reading: CounterReading;
  readonly at: EpochMs;
  readonly oldestMs: number;
}

/** Pods that should serve, that Prometheus had the time to find, and that it cannot scrape. */
function missingPods(pods: readonly PodFact[], { at, reading, oldestMs }: Round): readonly string[] {
  const serving = pods.filter((pod) => pod.phase === 'Running' && pod.ready && pod.deletionAt === null);
  const isUnknown = ({ name, createdAt }: PodFact): boolean =>
    !reading.pods.has(name) && at - createdAt > oldestMs;
  return serving.filter((pod) => reading.down.has(pod.name) || isUnknown(pod)).map((pod) => pod.name);
}

/** Counts as scrapes of our own are counted. */
export function countRounds({ pods: podsNow, since, oldestMs }: RoundOptions): Rounds {
  const seen = new Set<string>();
  let metrics: readonly RequestMetrics[] = [];
  let before: Scrape | null = null;
  let good = false;
  return {
    metrics: () => metrics,
    isGood: () => good,
    take(reading, at) {
      const pods = podsNow();
      const fresh = pods.filter((pod) => pod.createdAt > since && !seen.has(pod.name));
      const scrape: Scrape = {
        at,
        pods: reading.pods,
        missing: missingPods(pods, { reading, at, oldestMs }),
        missed: new Set(),
        fresh: new Set(fresh.map((pod) => pod.name)),
      };
      for (const name of reading.pods.keys()) seen.add(name);
      good = before !== null;
      if (before !== null)
        metrics = [...metrics.filter((one) => one.to > at - keepMs), requestMetrics(before, scrape)];
      const living = new Set([...pods.map((pod) => pod.name), ...reading.pods.keys()]);
      before = carriedCounters(before, scrape, living);
    },
    breakOff() {
      before = null;
      good = false;
    },
  };
}
