import { createFactStore } from '#cluster';
import type { Facts, LogSignature, RequestMetrics, WatchedService } from '#facts';
import { logSignature } from '../../src/detection/logs/log-signatures.ts';
import { podCounters } from '../../src/detection/scrape/pod-counters.ts';
import { requestMetrics, type Scrape } from '../../src/detection/scrape/request-metrics.ts';
import type { MetricRow, Recording } from './read-recording.ts';

const windowMs = 90_000;
const logWindowMs = 300_000;

function scrapesOf(recording: Recording): readonly Scrape[] {
  const rounds = Map.groupBy(recording.metrics, (row) => Math.round(row.at / 2000));
  return [...rounds.values()].map((rows) => scrapeOf(rows));
}

function scrapeOf(rows: readonly MetricRow[]): Scrape {
  const pods = Map.groupBy(rows, (row) => row.pod);
  const up = [...pods].filter(([, its]) => its.some((row) => row.name === 'up' && row.value === 1));
  return {
    at: rows[0]?.at ?? 0,
    pods: new Map(up.map(([pod, its]) => [pod, podCounters(its)])),
    missing: [...pods.keys()].filter((pod) => !up.some(([name]) => name === pod)),
    missed: new Set<string>(),
    fresh: new Set(),
  };
}

function metricsOf(recording: Recording): readonly RequestMetrics[] {
  const scrapes = scrapesOf(recording);
  return scrapes.slice(1).map((scrape, i) => requestMetrics(scrapes[i] as Scrape, scrape));
}

function signaturesAt(recording: Recording, at: number): readonly LogSignature[] {
  const found = new Map<string, LogSignature>();
  for (const { at: lineAt, pod, line } of recording.logs) {
    if (lineAt > at || lineAt <= at - logWindowMs) continue;
    const signature = logSignature(line);
    if (signature === null) continue;
    const key = `${pod} ${signature}`;
    found.set(key, { signature, pod, count: (found.get(key)?.count ?? 0) + 1, lastAt: lineAt });
  }
  return [...found.values()];
}

function serviceOf(recording: Recording): WatchedService {
  const { namespace, deployment, service } = recording.meta;
  return {
    id: deployment,
    namespace,
    deployment,
    service,
    podLabels: { app: deployment },
    dependencies: ['statefulset/postgres', 'deployment/redis'],
  };
}

/** The facts as they stood at each step of the recording, from its start to its end. */
export function* replayFacts(recording: Recording, stepMs = 500): Generator<Facts> {
  const store = createFactStore();
  const service = serviceOf(recording);
  const metrics = metricsOf(recording);
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
      probes: recording.probes.filter((one) => one.endedAt <= at && one.endedAt > at - windowMs),
      pending: recording.probes.filter((one) => one.startedAt <= at && one.endedAt > at),
      controls: [],
      directReads: [],
      metrics: metrics.filter((one) => one.to <= at && one.to > at - windowMs),
      cluster: { readable: true, lastReadAt: at, ...store.facts() },
      logSignatures: signaturesAt(recording, at),
      checks: [],
      alerts: [],
      reports: [],
    };
  }
}
