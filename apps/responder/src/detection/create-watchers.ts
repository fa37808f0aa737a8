import type { Cluster } from '#cluster';
import { type AlertFact, type EpochMs, type Facts, type PodFact, type ReportFact, selects } from '#facts';
import type { Logger } from '#platform';
import type { Config } from '../config.ts';
import { startChecks } from './checks/start-checks.ts';
import { startDirectReads } from './direct/start-direct-reads.ts';
import { createLogReads } from './logs/start-log-reads.ts';
import { createRequestSender } from './probe/send-request.ts';
import { startControl } from './probe/start-control.ts';
import { startProbes } from './probe/start-probes.ts';
import { createTokenSource } from './probe/token-source.ts';
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

export interface WatcherOptions {
  readonly config: Pick<Config, 'service'>;
  readonly cluster: Cluster;
  readonly told: Told;
  readonly log: Logger;
  readonly now: () => EpochMs;
}

/** Starts probes, control, request metrics, direct reads and the configured checks. */
export async function createWatchers(options: WatcherOptions): Promise<Watchers> {
  const { cluster, told, log, now } = options;
  const { service } = options.config;
  const watched = watchedService(options.config);
  const sender = createRequestSender(now);
  const tokens = await Promise.all(
    service.tenants.map(async ({ id, tokenFile }) => ({ id, ...(await createTokenSource(tokenFile, log)) })),
  );
  const pods = (): readonly PodFact[] =>
    cluster.facts().pods.filter((pod) => selects(watched.podLabels, pod.labels));
  const probes = startProbes({
    targets: service.probes,
    tenants: tokens,
    maxPerSecond: service.probesPerSecond,
    sender,
    now,
  });
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
  const logs = createLogReads({ cluster, namespace: watched.namespace, pods, now });

  return {
    facts: () => ({
      at: now(),
      service: watched,
      probes: probes.samples(),
      pending: probes.pending(),
      controls: control.samples(),
      directReads: direct.reads(),
      metrics: requests.metrics(),
      metricsNote: requests.note(),
      cluster: cluster.facts(),
      logSignatures: logs.signatures(),
      checks: checks.checks(),
      alerts: told.alerts(),
      reports: told.reports(),
    }),
    async look({ burst }) {
      if (burst) probes.burst();
      await Promise.all([direct.look(), requests.look(), control.look(), logs.look(), checks.look()]);
    },
    async stop() {
      for (const part of [probes, control, direct, requests, checks, ...tokens]) part.stop();
      sender.close();
    },
  };
}
