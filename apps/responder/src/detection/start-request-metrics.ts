import type { RequestMetrics } from '#facts';
import type { Config } from '../config.ts';
import { openPrometheus } from './prometheus/open-prometheus.ts';
import { prometheusQueries } from './prometheus/prometheus-queries.ts';
import { startPrometheus, type PrometheusReads } from './prometheus/start-prometheus.ts';
import { startScrapes, type ScrapeOptions } from './scrape/start-scrapes.ts';

/** The service's request metrics (class B): from Prometheus where one is configured and tells, else from the pods. */
export interface RequestMetricsReads {
  /** Last 90 s, oldest first. */
  metrics(): readonly RequestMetrics[];
  /** Why Prometheus does not tell, and who does instead; null when it tells, or none is configured. */
  note(): string | null;
  look(): Promise<void>;
  /** So many series that a look at them holds up what else is to be seen. */
  takesLong(): boolean;
  stop(): void;
}

type PrometheusConfig = NonNullable<Config['service']['prometheus']>;

export interface RequestMetricsOptions extends Omit<ScrapeOptions, 'wanted'> {
  readonly prometheus: PrometheusConfig | undefined;
  readonly namespace: string;
}

async function openReads(
  config: PrometheusConfig,
  { namespace, pods, log, now }: RequestMetricsOptions,
): Promise<PrometheusReads> {
  const prometheus = await openPrometheus(config, log);
  return startPrometheus({
    prometheus,
    queries: prometheusQueries(config, namespace),
    names: config.labels,
    intervalMs: config.intervalMs,
    scrapeIntervalMs: config.scrapeIntervalMs,
    pods,
    log,
    now,
  });
}

type Rows = readonly RequestMetrics[];

/** Both in order of time, without what the pods told of a time that Prometheus tells of: no request is counted twice. */
function mergeRows(told: Rows, scraped: Rows): Rows {
  const others = scraped.filter((row) => !told.some((one) => one.from < row.to && row.from < one.to));
  return [...told, ...others].toSorted((a, b) => a.to - b.to);
}

/** The same list for as long as neither part changes: the judge sums a list once. */
function merger(): (told: Rows, scraped: Rows) => Rows {
  let known: { readonly told: Rows; readonly scraped: Rows; readonly merged: Rows } | null = null;
  return (told, scraped) => {
    if (known?.told !== told || known.scraped !== scraped)
      known = { told, scraped, merged: mergeRows(told, scraped) };
    return known.merged;
  };
}

/** While Prometheus does not tell, or has only just begun to, the pods are scraped directly. */
export async function startRequestMetrics(options: RequestMetricsOptions): Promise<RequestMetricsReads> {
  const { prometheus: config, ...onPods } = options;
  if (config === undefined) return { ...startScrapes(onPods), note: () => null };
  const reads = await openReads(config, options);
  const scrapes = startScrapes({ ...onPods, wanted: () => !reads.isGood() });
  const merge = merger();
  return {
    metrics: () => merge(reads.metrics(), scrapes.metrics()),
    note() {
      const trouble = reads.trouble();
      return trouble === null ? null : `Prometheus: ${trouble}; the pods are scraped directly instead`;
    },
    async look() {
      await Promise.all([reads.look(), scrapes.look()]);
    },
    takesLong: scrapes.takesLong,
    stop() {
      reads.stop();
      scrapes.stop();
    },
  };
}
