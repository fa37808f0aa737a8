import { createFactStore } from '#cluster';
import { carriedCounters, logSignature, podCounters, requestMetrics, type Scrape } from '#detection';
import type { EpochMs, Facts, LogSignature, RequestMetrics, WatchedService } from '#facts';
import type { MetricRow, Recording } from './recording.ts';

const windowMs = 90_000;
const longWindowMs = 300_000;
/** Rows of one round lie closer together than this, rounds further apart. */
const roundMs = 2500;
/** How often the facts are looked at, in the recording's time. */
const stepMs = 250;

function roundsOf(rows: readonly MetricRow[]): readonly (readonly MetricRow[])[] {
  const rounds: MetricRow[][] = [];
  for (const row of rows) {
    const round = rounds.at(-1);
    if (round?.[0] !== undefined && row.at - round[0].at < roundMs) round.push(row);
    else rounds.push([row]);
  }
  return rounds;
}

function scrapeOf(rows: readonly MetricRow[], known: ReadonlySet<string>): Scrape {
  const pods = Map.groupBy(rows, (row) => row.pod);
  const up = [...pods].filter(([, its]) => its.some((row) => row.name === 'up' && row.value === 1));
  return {
    at: rows[0]?.at ?? 0,
    pods: new Map(up.map(([pod, its]) => [pod, podCounters(its)])),
    missing: [...pods.keys()].filter((pod) => !up.some(([name]) => name === pod)),
    missed: new Set(),
    fresh: new Set([...pods.keys()].filter((pod) => known.size > 0 && !known.has(pod))),
  };
}

function metricsOf(recording: Recording): readonly RequestMetrics[] {
  const known = new Set<string>();
  const found: RequestMetrics[] = [];
  let before: Scrape | null = null;
  for (const rows of roundsOf(recording.metrics)) {
    const scrape = scrapeOf(rows, known);
    if (before !== null) found.push(requestMetrics(before, scrape));
    before = carriedCounters(before, scrape, new Set(rows.map((row) => row.pod)));
    for (const { pod } of rows) known.add(pod);
  }
  return found;
}

interface SignedLine {
  readonly at: EpochMs;
  readonly pod: string;
  readonly signature: string;
}

function signedLines({ logs }: Recording): readonly SignedLine[] {
  return logs.flatMap(({ at, pod, line }) => {
    const signature = logSignature(line);
    return signature === null ? [] : [{ at, pod, signature }];
  });
}

function countLines(lines: readonly SignedLine[]): readonly LogSignature[] {
  const found = new Map<string, LogSignature>();
  for (const { at, pod, signature } of lines) {
    const key = `${pod} ${signature}`;
    found.set(key, { signature, pod, count: (found.get(key)?.count ?? 0) + 1, lastAt: at });
  }
  return [...found.values()];
}

/** The rows whose time lies in (at - windowMs, at], for calls with a growing `at`. */
function slidingWindow<T>(rows: readonly T[], timeOf: (row: T) => EpochMs, lengthMs: number) {
  let [from, to] = [0, 0];
  let held: readonly T[] = [];
  return (at: EpochMs): readonly T[] => {
    const before = [from, to];
    while (to < rows.length && timeOf(rows[to] as T) <= at) to += 1;
    while (from < to && timeOf(rows[from] as T) <= at - lengthMs) from += 1;
    if (before[0] !== from || before[1] !== to) held = rows.slice(from, to);
    return held;
  };
}

function serviceOf(recording: Recording): WatchedService {
  const { namespace, deployment, service, podLabels, dependencies } = recording;
  return { id: deployment, namespace, deployment, service, podLabels, dependencies };
}

/** Windows over everything but the cluster's objects. */
function windowsOf(recording: Recording) {
  const probes = slidingWindow(recording.probes, (one) => one.endedAt, windowMs);
  const metrics = slidingWindow(metricsOf(recording), (one) => one.to, windowMs);
  const lines = slidingWindow(signedLines(recording), (one) => one.at, longWindowMs);
  const reads = slidingWindow(recording.reads, (one) => one.at + one.durationMs, windowMs);
  const checks = slidingWindow(recording.checks, (one) => one.at + one.durationMs, longWindowMs);
  const queries = slidingWindow(recording.queries, (one) => one.at, windowMs);
  const kubelets = slidingWindow(recording.kubelets, (one) => one.at + one.durationMs, windowMs);
  return (at: EpochMs) => ({
    probes: probes(at),
    pending: recording.probes.filter((one) => one.startedAt <= at && one.endedAt > at),
    metrics: metrics(at),
    directReads: reads(at).toReversed(),
    logSignatures: countLines(lines(at)),
    checks: checks(at).toReversed(),
    queries: queries(at).toReversed(),
    kubelets: kubelets(at).toReversed(),
  });
}

/** The facts as they stood at each step of the recording, from its start to its end. */
export function* replayFacts(recording: Recording): Generator<Facts> {
  const store = createFactStore();
  const service = serviceOf(recording);
  const windows = windowsOf(recording);
  let next = 0;
  for (let at = recording.startedAt; at <= recording.endedAt; at += stepMs) {
    for (; next < recording.watch.length; next += 1) {
      const row = recording.watch[next];
      if (row === undefined || row.at > at) break;
      if (row.type === 'DELETED') store.remove(row.resource, row.object);
      else store.upsert(row.resource, row.object);
    }
    yield {
      at,
      service,
      ...windows(at),
      controls: [],
      cluster: { readable: true, lastReadAt: at, ...store.facts() },
      alerts: [],
      reports: [],
    };
  }
}
