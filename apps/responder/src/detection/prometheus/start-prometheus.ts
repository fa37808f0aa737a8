import type { EpochMs } from '#facts';
import type { Logger } from '#platform';
import { type Prometheus, PrometheusError } from './ask-prometheus.ts';
import { countRounds, type RoundOptions, type Rounds } from './count-rounds.ts';
import type { PrometheusQueries } from './prometheus-queries.ts';
import { type CounterNames, type CounterReading, readCounters } from './read-counters.ts';

/** Request metrics (class B) as a Prometheus has gathered them. */
export interface PrometheusReads extends Pick<Rounds, 'metrics' | 'isGood'> {
  /** Why it tells nothing now; null when the newest round is good. */
  trouble(): string | null;
  /** Asks now, unless a round is under way or was less than 2 s ago. */
  look(): Promise<void>;
  stop(): void;
}

export interface PrometheusReadOptions extends Pick<RoundOptions, 'pods'> {
  readonly prometheus: Prometheus;
  readonly queries: PrometheusQueries;
  readonly names: CounterNames;
  readonly intervalMs: number;
  /** How often Prometheus scrapes the service: samples that are older than two of these are not of the present. */
  readonly scrapeIntervalMs: number;
  readonly log: Logger;
  readonly now: () => EpochMs;
}

const shortestGapMs = 2000;

/** Reads the counters every `intervalMs`. A round that fails ends what was being counted. */
export function startPrometheus(options: PrometheusReadOptions): PrometheusReads {
  const { prometheus, queries, names, pods, log, now } = options;
  const oldestMs = options.scrapeIntervalMs * 2;
  const rounds = countRounds({ pods, since: now(), oldestMs });
  let trouble: string | null = 'it has not been asked yet';
  let lastAt = -Infinity;
  let running = false;

  function take(reading: CounterReading): void {
    rounds.take(reading, lastAt);
    if (trouble !== null) log.info('request metrics: Prometheus answers');
    trouble = null;
  }

  function fail(error: unknown): void {
    if (!(error instanceof PrometheusError)) throw error;
    rounds.breakOff();
    if (trouble !== error.message) log.warn({ err: error }, `request metrics: Prometheus: ${error.message}`);
    trouble = error.message;
  }

  async function look(): Promise<void> {
    if (running || now() - lastAt < shortestGapMs) return;
    running = true;
    lastAt = now();
    const reading = readCounters(prometheus, queries, { names, oldestMs });
    await reading.then(take, fail).finally(() => {
      running = false;
    });
    for (const warning of prometheus.takeWarnings())
      log.warn(`request metrics: Prometheus warns: ${warning}`);
  }

  const timer = setInterval(() => void look(), options.intervalMs).unref();
  void look();
  return {
    ...rounds,
    trouble: () => trouble,
    look,
    stop() {
      clearInterval(timer);
      prometheus.close();
    },
  };
}
