import { setTimeout as pause } from 'node:timers/promises';
import type { Plan } from '@tocsin/runbook';
import type { Cluster } from '#cluster';
import {
  type AlertFact,
  type DirectRead,
  type EpochMs,
  type Facts,
  type PodFact,
  type ReportFact,
  servicePods,
} from '#facts';
import type { Logger } from '#platform';
import type { Config } from '../config.ts';
import { startChecks } from './checks/start-checks.ts';
import { startDirectReads } from './direct/start-direct-reads.ts';
import { createLogReads } from './logs/start-log-reads.ts';
import { createRequestSender, type RequestSender } from './probe/send-request.ts';
import { startControl } from './probe/start-control.ts';
import { type Probes, startProbes } from './probe/start-probes.ts';
import { createTokenSource } from './probe/token-source.ts';
import { startEvidenceQueries } from './prometheus/start-evidence-queries.ts';
import { startRequestMetrics } from './start-request-metrics.ts';
import { watchedService } from './watched-service.ts';

/** What other tools and people say; at hand, so that it is asked at every judgement. */
export interface Told {
  alerts(): readonly AlertFact[];
  reports(): readonly ReportFact[];
}

/** Everything that observes one service, and the facts it has gathered. */
export interface Watchers {
  facts(): Facts;
  /** Reads all other classes at once; `burst` also sends extra probes. Resolves when what it began has ended. */
  look(options: { readonly burst: boolean }): Promise<void>;
  stop(): Promise<void>;
}

const firstAnswersMs = 300;

export interface WatcherOptions {
  readonly config: Pick<Config, 'service'>;
  /** The runbook in use now. */
  readonly plan: () => Plan;
  readonly cluster: Cluster;
  readonly told: Told;
  readonly log: Logger;
  readonly now: () => EpochMs;
}

/** Probes of every tenant, with the tokens in their files. */
async function startTenantProbes(
  { config, log, now }: Pick<WatcherOptions, 'config' | 'log' | 'now'>,
  sender: RequestSender,
): Promise<Probes> {
  const { tenants, probes: targets, probesPerSecond } = config.service;
  const tokens = await Promise.all(
    tenants.map(async ({ id, tokenFile }) => ({ id, ...(await createTokenSource(tokenFile, log)) })),
  );
  const probes = startProbes({ targets, tenants: tokens, maxPerSecond: probesPerSecond, sender, now });
  return {
    ...probes,
    stop() {
      for (const part of [probes, ...tokens]) part.stop();
    },
  };
}

/** Starts probes, control, request metrics, direct reads and the configured checks. */
export async function createWatchers(options: WatcherOptions): Promise<Watchers> {
  const { plan, cluster, told, log, now } = options;
  const { service } = options.config;
  const watched = watchedService(options.config);
  const sender = createRequestSender(now);
  const pods = (): readonly PodFact[] => servicePods({ cluster: cluster.facts(), service: watched });
  const probes = await startTenantProbes(options, sender);
  const control = startControl(service.control?.url, sender, now);
  const onPods = { pods, port: service.podPort, sender, now };
  const direct = startDirectReads({ ...onPods, path: service.readinessPath });
  const requests = await startRequestMetrics({
    ...onPods,
    prometheus: service.prometheus,
    namespace: service.namespace,
    path: service.metricsPath,
    intervalMs: service.scrapeIntervalMs,
    log,
  });
  const checks = await startChecks({ checks: service.checks, log, now });
  const queries = await startEvidenceQueries({ prometheus: service.prometheus, plan, log, now });
  const silent = () => silentNodes(direct.reads());
  const logs = createLogReads({ cluster, namespace: watched.namespace, pods, silentNodes: silent, now });

  return {
    facts: () => ({
      at: now(),
      service: watched,
      probes: probes.samples(),
      pending: probes.pending(),
      controls: control.samples(),
      directReads: direct.reads(),
      kubelets: logs.kubelets(),
      metrics: requests.metrics(),
      metricsNote: requests.note(),
      cluster: cluster.facts(),
      logSignatures: logs.signatures(),
      checks: checks.checks(),
      queries: queries.answers(),
      alerts: told.alerts(),
      reports: told.reports(),
    }),
    async look({ burst }) {
      if (burst) probes.burst();
      // Not waited for: what a runbook asks may take Prometheus long.
      void queries.look();
      const asked = Promise.all([direct.look(), control.look()]);
      // Counters of many tenants take long to read: what is asked of clients and pods is answered, and judged, before.
      if (requests.takesLong()) await Promise.race([asked, pause(firstAnswersMs)]);
      await Promise.all([asked, requests.look(), logs.look(), checks.look()]);
    },
    async stop() {
      for (const part of [probes, control, direct, requests, checks, queries]) part.stop();
      sender.close();
    },
  };
}

/** Nodes with a pod that did not answer when it was asked last. */
function silentNodes(reads: readonly DirectRead[]): ReadonlySet<string> {
  const newest = new Map(reads.toReversed().map((one) => [one.subject, one]));
  const silent = [...newest.values()].filter((one) => one.outcome === 'timeout');
  return new Set(silent.flatMap(({ nodeName }) => nodeName ?? []));
}
