import type { Plan } from '@tocsin/runbook';
import { createCluster } from '#cluster';
import { createDetection, type DetectionOptions, watchedService } from '#detection';
import type { Logger } from '#platform';
import { recordCluster } from './record-cluster.ts';
import { recordFacts } from './record-facts.ts';
import { recordPods } from './record-pods.ts';
import { openRecording } from './recording-writer.ts';

export interface RecordOptions {
  readonly config: DetectionOptions['config'] & { readonly kubeconfig?: string | undefined };
  readonly plan: Plan;
  readonly folder: string;
  readonly log: Logger;
}

/**
 * Watches a service with eyes of its own, beside a responder that may run, and writes what it sees in the recordings' format (all but
 * meta.json). Resolves when the cluster has been listed.
 */
export async function startRecording(options: RecordOptions): Promise<{ stop(): Promise<void> }> {
  const { config, plan, log } = options;
  const service = watchedService(config);
  const writer = openRecording(options.folder);
  const stopping = new AbortController();
  const kubeconfig = config.kubeconfig === undefined ? {} : { kubeconfigPath: config.kubeconfig };
  const cluster = createCluster({ ...kubeconfig, service, log });
  await cluster.start();
  const objects = await recordCluster({
    kubeconfigPath: config.kubeconfig,
    service,
    writer,
    signal: stopping.signal,
  });
  // A recording holds what can be observed; what people and other tools say of it is not in its format.
  const told = { alerts: () => [], reports: () => [] };
  const detection = createDetection({ config, plan, cluster, told, log, onAssessment: () => {} });
  await detection.start();
  const facts = recordFacts(detection, writer);
  const pods = recordPods({
    cluster,
    writer,
    namespace: service.namespace,
    podLabels: service.podLabels,
    port: config.service.podPort,
    metricsPath: config.service.metricsPath,
  });
  return {
    async stop() {
      pods.stop();
      facts.stop();
      stopping.abort();
      await detection.stop();
      await objects.close();
      await cluster.stop();
      await writer.close();
    },
  };
}
