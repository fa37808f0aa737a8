import type { Cluster } from '#cluster';
import { createRequestSender, isWantedMetric, parseExposition, podUrl } from '#detection';
import { selects, type PodFact } from '#facts';
import type { RecordingWriter } from './recording-writer.ts';

export interface RecordPodsOptions {
  readonly cluster: Pick<Cluster, 'facts' | 'readLogs'>;
  readonly namespace: string;
  readonly podLabels: Readonly<Record<string, string>>;
  readonly port: number;
  readonly metricsPath: string;
  readonly writer: RecordingWriter;
}

const metricsEveryMs = 5000;
const logsEveryMs = 2000;
const limitMs = 1500;
/** Lines that are older when a pod is seen for the first time are not of this recording. */
const logSinceSeconds = 10;

function every(intervalMs: number, work: () => readonly Promise<void>[]): NodeJS.Timeout {
  return setInterval(() => {
    // A pod that cannot be read says so by its absence.
    for (const one of work()) one.catch(() => {});
  }, intervalMs);
}

/** Writes every pod's metrics each 5 s and its new log lines each 2 s, until it is stopped. */
export function recordPods(options: RecordPodsOptions): { stop(): void } {
  const { cluster, namespace, writer } = options;
  const sender = createRequestSender(Date.now);
  const newest = new Map<string, string>();
  const pods = (): readonly PodFact[] =>
    cluster.facts().pods.filter((pod) => pod.namespace === namespace && pod.phase === 'Running');

  async function scrape(pod: PodFact, t: string): Promise<void> {
    const url = podUrl(pod, options.port, options.metricsPath);
    const pieces: string[] = [];
    const answer = await sender.send({ url, timeoutMs: limitMs }, (piece) => pieces.push(piece));
    const isUp = answer.outcome === 'ok';
    writer.row('metrics', { t, pod: pod.name, name: 'up', labels: {}, value: isUp ? 1 : 0 });
    if (!isUp) return;
    for (const sample of parseExposition(pieces.join(''), isWantedMetric))
      writer.row('metrics', { t, pod: pod.name, ...sample });
  }

  async function readLog(pod: PodFact): Promise<void> {
    const said = await cluster.readLogs(pod.name, {
      namespace,
      sinceSeconds: logSinceSeconds,
      timestamps: true,
      timeoutMs: limitMs,
    });
    const before = newest.get(pod.name) ?? '';
    for (const text of said.split('\n')) {
      const [, stamp = '', line = ''] = /^(\S+Z) (.*)$/.exec(text) ?? [];
      if (stamp === '' || stamp <= before) continue;
      newest.set(pod.name, stamp);
      writer.row('logs', { t: new Date(Date.parse(stamp)).toISOString(), pod: pod.name, line });
    }
  }

  const timers = [
    every(metricsEveryMs, () => {
      const t = new Date().toISOString();
      const own = pods().filter((pod) => pod.podIp !== null && selects(options.podLabels, pod.labels));
      return own.map((pod) => scrape(pod, t));
    }),
    every(logsEveryMs, () => pods().map(readLog)),
  ];
  return {
    stop() {
      for (const timer of timers) clearInterval(timer);
      sender.close();
    },
  };
}
