import type { PrometheusConfig } from '../../prometheus-config.ts';
import { gaugeNames } from '../scrape/pod-counters.ts';

/** What Prometheus is asked in every round, in PromQL. */
export interface PrometheusQueries {
  /** 1 for a pod that answers scrapes, 0 for one that does not. */
  readonly up: string;
  /** When each pod was scraped last, seconds since the epoch. */
  readonly scrapedAt: string;
  /** Counters by pod and tenant. */
  readonly requests: string;
  readonly errors: string;
  /** Buckets by pod, tenant and `le`. */
  readonly durations: string;
  /** Gauges by pod and metric: pools and memory. */
  readonly gauges: string;
}

/**
 * The usual queries, or those of the configuration. They read counters, and not `increase()` over a window: that would lose the first
 * errors of a tenant, whose series begins with them, and would count the same request in every window that holds it.
 */
export function prometheusQueries(config: PrometheusConfig, namespace: string): PrometheusQueries {
  const { metrics, labels, errorStatus, queries } = config;
  const selector = config.selector ?? `namespace=${JSON.stringify(namespace)}`;
  const by = `sum by (${labels.pod}, ${labels.tenant}`;
  const up = queries.up ?? `up{${selector}}`;
  return {
    up: `max by (${labels.pod}) (${up})`,
    scrapedAt: `max by (${labels.pod}) (timestamp(${up}))`,
    requests: queries.requests ?? `${by}) (${metrics.requests}{${selector}})`,
    errors: queries.errors ?? `${by}) (${metrics.requests}{${selector},${labels.status}=~"${errorStatus}"})`,
    durations: queries.durations ?? `${by}, le) (${metrics.duration}_bucket{${selector}})`,
    gauges:
      queries.gauges ??
      `max by (${labels.pod}, __name__) ({__name__=~"${gaugeNames.join('|')}",${selector}})`,
  };
}
