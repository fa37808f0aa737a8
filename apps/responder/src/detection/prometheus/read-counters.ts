import type { Buckets, PodCounters, TenantCounters } from '../scrape/pod-counters.ts';
import { gaugesOf } from '../scrape/pod-counters.ts';
import { type Prometheus, PrometheusError, type PromSample } from './ask-prometheus.ts';
import type { PrometheusQueries } from './prometheus-queries.ts';

export interface CounterNames {
  readonly pod: string;
  readonly tenant: string;
}

/** What Prometheus holds of the service's pods. */
export interface CounterReading {
  /** Counters of every pod that was scraped just now. */
  readonly pods: ReadonlyMap<string, PodCounters>;
  /** Pods that it cannot scrape. */
  readonly down: ReadonlySet<string>;
}

type Answers = Readonly<Record<'requests' | 'errors' | 'durations' | 'gauges', readonly PromSample[]>>;

function labelOf({ labels }: PromSample, name: string, query: string): string {
  const value = labels[name];
  if (value !== undefined) return value;
  const there = Object.keys(labels).join(', ') || 'none';
  throw new PrometheusError(
    `a result without the label "${name}" (labels: ${there}); expected it of ${query}`,
  );
}

function bucketsOf(samples: readonly PromSample[]): Buckets {
  const sums = new Map<number, number>();
  for (const { labels, value } of samples) {
    const bound = labels['le'] === '+Inf' ? Infinity : Number(labels['le']);
    if (!Number.isNaN(bound) && Number.isFinite(value)) sums.set(bound, (sums.get(bound) ?? 0) + value);
  }
  const bounds = [...sums.keys()].toSorted((a, b) => a - b);
  return { bounds, counts: bounds.map((bound) => sums.get(bound) ?? 0) };
}

function total(samples: readonly PromSample[]): number {
  return samples.reduce((sum, { value }) => sum + (Number.isFinite(value) ? value : 0), 0);
}

/** By pod, and below it by tenant; what has no tenant belongs to none and is left out, as in a scrape. */
function byTenant(samples: readonly PromSample[], names: CounterNames, query: string) {
  const pods = new Map<string, Map<string, PromSample[]>>();
  for (const one of samples) {
    const tenant = one.labels[names.tenant];
    if (tenant === undefined || tenant === '') continue;
    const pod = labelOf(one, names.pod, query);
    const tenants = pods.get(pod) ?? new Map<string, PromSample[]>();
    pods.set(pod, tenants);
    tenants.set(tenant, [...(tenants.get(tenant) ?? []), one]);
  }
  return pods;
}

function countersOf(answers: Answers, queries: PrometheusQueries, names: CounterNames) {
  const requests = byTenant(answers.requests, names, queries.requests);
  const errors = byTenant(answers.errors, names, queries.errors);
  const durations = byTenant(answers.durations, names, queries.durations);
  const gauges = Map.groupBy(answers.gauges, (one) => labelOf(one, names.pod, queries.gauges));
  return (pod: string): PodCounters => {
    const tenants = [...(requests.get(pod) ?? [])].map(([tenant, its]): [string, TenantCounters] => [
      tenant,
      {
        requests: total(its),
        errors: total(errors.get(pod)?.get(tenant) ?? []),
        buckets: bucketsOf(durations.get(pod)?.get(tenant) ?? []),
      },
    ]);
    const told = (gauges.get(pod) ?? []).map((one) => ({
      name: one.labels['__name__'] ?? '',
      value: one.value,
    }));
    return { tenants: new Map(tenants), ...gaugesOf(told) };
  };
}

/** Pods by how old their newest sample is; all of them too old: nothing is known. */
function freshPods(scrapedAt: readonly PromSample[], pod: string, oldestMs: number): ReadonlySet<string> {
  const ages = scrapedAt.map((one) => ({
    name: labelOf(one, pod, 'the time of the last scrape'),
    ageMs: (one.at - one.value) * 1000,
  }));
  const newestMs = Math.min(...ages.map((one) => one.ageMs));
  if (newestMs > oldestMs)
    throw new PrometheusError(
      `its newest sample of the service is ${Math.round(newestMs / 1000)} s old; expected at most ${oldestMs / 1000} s`,
    );
  return new Set(ages.filter((one) => one.ageMs <= oldestMs).map((one) => one.name));
}

/** Reads all counters as they were at one instant. Throws PrometheusError when it cannot be asked, knows no pod, or is behind. */
export async function readCounters(
  prometheus: Pick<Prometheus, 'ask'>,
  queries: PrometheusQueries,
  { names, oldestMs }: { readonly names: CounterNames; readonly oldestMs: number },
): Promise<CounterReading> {
  const up = await prometheus.ask(queries.up);
  const at = up[0]?.at;
  if (at === undefined)
    throw new PrometheusError(`it scrapes no pod of the service; expected some for ${queries.up}`);
  const [scrapedAt, requests, errors, durations, gauges] = await Promise.all(
    [queries.scrapedAt, queries.requests, queries.errors, queries.durations, queries.gauges].map((query) =>
      prometheus.ask(query, at),
    ),
  );
  const fresh = freshPods(scrapedAt ?? [], names.pod, oldestMs);
  const answers = {
    requests: requests ?? [],
    errors: errors ?? [],
    durations: durations ?? [],
    gauges: gauges ?? [],
  };
  const of = countersOf(answers, queries, names);
  const states = up.map((one) => ({ pod: labelOf(one, names.pod, queries.up), isUp: one.value === 1 }));
  const good = states.filter(({ pod, isUp }) => isUp && fresh.has(pod));
  return {
    pods: new Map(good.map(({ pod }) => [pod, of(pod)])),
    down: new Set(states.filter((one) => !good.includes(one)).map(({ pod }) => pod)),
  };
}
