import type { EpochMs, PodFact, RequestMetrics } from '#facts';
import type { Logger } from '#platform';
import { podUrl } from '../direct/pod-url.ts';
import type { RequestSender } from '../probe/send-request.ts';
import { carriedCounters } from './carried-counters.ts';
import { createSeriesBook, type SeriesBook, trimSeriesBook } from './known-series.ts';
import {
  counterSeries,
  type CounterSeries,
  countPod,
  isWantedMetric,
  type PodCounters,
} from './pod-counters.ts';
import { createExpositionReader, ExpositionError } from './read-exposition.ts';
import { requestMetrics, type Scrape } from './request-metrics.ts';

/** The service's own request metrics (class B), scraped pod by pod. */
export interface Scrapes {
  /** Differences of the last 90 s, oldest first. */
  metrics(): readonly RequestMetrics[];
  /** Scrapes now, unless a round is under way or was less than 2 s ago. */
  look(): Promise<void>;
  /** The last round read so many series that reading them held up what else is to be seen. */
  takesLong(): boolean;
  stop(): void;
}

export interface ScrapeOptions {
  readonly pods: () => readonly PodFact[];
  readonly port: number;
  readonly path: string;
  readonly intervalMs: number;
  /** False while somebody else tells the same: nothing is scraped then, and what is counted begins anew afterwards. */
  readonly wanted?: () => boolean;
  readonly sender: RequestSender;
  readonly log: Logger;
  readonly now: () => EpochMs;
}

const keepMs = 90_000;
const limitMs = 1000;
const shortestGapMs = 2000;
/** About a tenth of a second of one core. */
const manySeries = 20_000;

/** What one pod counts; null when it does not tell, or not so that it can be read. */
async function scrapePod(
  pod: PodFact,
  { port, path, sender, log }: ScrapeOptions,
  book: SeriesBook<CounterSeries>,
): Promise<PodCounters | null> {
  const url = podUrl(pod, port, path);
  const counting = countPod();
  const reader = createExpositionReader<CounterSeries>({
    book,
    isWanted: isWantedMetric,
    meaningOf: counterSeries,
    take: counting.add,
  });
  const answer = await sender.send({ url, timeoutMs: limitMs }, reader.read);
  if (answer.outcome !== 'ok') return null;
  try {
    reader.end();
    return counting.counters();
  } catch (error) {
    if (!(error instanceof ExpositionError)) throw error;
    log.warn({ pod: pod.name, url }, `${url}: ${error.message}`);
    return null;
  }
}

/** Scrapes each running pod that is not being deleted, every `intervalMs` while it is wanted, each within 1 s. */
export function startScrapes(options: ScrapeOptions): Scrapes {
  const { now } = options;
  let metrics: readonly RequestMetrics[] = [];
  let before: Scrape | null = null;
  let running = false;
  let podsRead = 0;
  const book = createSeriesBook<CounterSeries>();

  async function round(): Promise<void> {
    const at = now();
    trimSeriesBook(book);
    const pods = options
      .pods()
      .filter((pod) => pod.phase === 'Running' && pod.podIp !== null && pod.deletionAt === null);
    podsRead = pods.length;
    const read = await Promise.all(
      pods.map(async (pod) => ({ pod, counters: await scrapePod(pod, options, book) })),
    );
    const earlierAt = before?.at ?? at;
    const scrape: Scrape = {
      at,
      pods: new Map(read.flatMap(({ pod, counters }) => (counters === null ? [] : [[pod.name, counters]]))),
      missing: read.filter(({ pod, counters }) => counters === null && pod.ready).map(({ pod }) => pod.name),
      missed: new Set(),
      fresh: new Set(pods.filter((pod) => pod.createdAt > earlierAt).map((pod) => pod.name)),
    };
    if (before !== null)
      metrics = [...metrics.filter((one) => one.to > at - keepMs), requestMetrics(before, scrape)];
    before = carriedCounters(before, scrape, new Set(pods.map((pod) => pod.name)));
  }

  async function look(): Promise<void> {
    if (options.wanted?.() === false) {
      before = null;
      return;
    }
    if (running || (before !== null && now() - before.at < shortestGapMs)) return;
    running = true;
    await round().finally(() => {
      running = false;
    });
  }

  const timer = setInterval(() => void look(), options.intervalMs).unref();
  return {
    metrics: () => metrics,
    look,
    takesLong: () => book.byText.size * podsRead > manySeries,
    stop: () => clearInterval(timer),
  };
}
