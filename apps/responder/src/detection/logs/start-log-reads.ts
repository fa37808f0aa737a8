import { KubeApiError, type Cluster } from '#cluster';
import type { EpochMs, KubeletAnswer, LogSignature, PodFact } from '#facts';
import { countSignatures } from './log-signatures.ts';

/** Error signatures in the logs of the service's pods over the last 5 minutes. */
export interface LogReads {
  signatures(): readonly LogSignature[];
  /** Which kubelets answered and which gave nothing in time, last 90 s, newest first. */
  kubelets(): readonly KubeletAnswer[];
  /** Reads the logs of all pods now, each within 2 s, unless that was less than 5 s ago. */
  look(): Promise<void>;
}

export interface LogReadOptions {
  readonly cluster: Pick<Cluster, 'readLogs'>;
  readonly namespace: string;
  readonly pods: () => readonly PodFact[];
  readonly now: () => EpochMs;
}

const shortestGapMs = 5000;
const windowMs = 5 * 60_000;
const limitMs = 2000;
const keepMs = 90_000;

/** Logs are read on suspicion only: at rest they cost nothing. */
export function createLogReads({ cluster, namespace, pods, now }: LogReadOptions): LogReads {
  let known: readonly LogSignature[] = [];
  let kubelets: readonly KubeletAnswer[] = [];
  let lastAt = -Infinity;

  function note({ nodeName }: PodFact, at: EpochMs, answered: boolean): void {
    if (nodeName === null) return;
    const one = { at, node: nodeName, answered, durationMs: now() - at };
    kubelets = [one, ...kubelets.filter((before) => before.at > now() - keepMs)];
  }

  async function readPod(pod: PodFact): Promise<readonly LogSignature[] | null> {
    const options = {
      namespace,
      sinceSeconds: windowMs / 1000,
      timestamps: true,
      tailLines: 300,
      limitBytes: 200_000,
      timeoutMs: limitMs,
    };
    const startedAt = now();
    try {
      const text = await cluster.readLogs(pod.name, options);
      note(pod, startedAt, true);
      return countSignatures(text, now()).map((one) => ({ ...one, pod: pod.name }));
    } catch (error) {
      if (isSilence(error)) note(pod, startedAt, false);
      // A log that cannot be read says nothing; the evidence steps report why.
      return null;
    }
  }

  return {
    signatures: () => known,
    kubelets: () => kubelets,
    async look() {
      if (now() - lastAt < shortestGapMs) return;
      lastAt = now();
      const read = await Promise.all(
        pods().map(async (pod) => ({ pod: pod.name, found: await readPod(pod) })),
      );
      const answered = new Set(read.filter((one) => one.found !== null).map((one) => one.pod));
      const kept = known.filter((one) => !answered.has(one.pod) && one.lastAt > now() - windowMs);
      known = [...kept, ...read.flatMap((one) => one.found ?? [])];
    },
  };
}

/** Nothing came back in time, to us or to the API server; a refusal is an answer of somebody. */
function isSilence(error: unknown): boolean {
  if (error instanceof KubeApiError)
    return /i\/o timeout|no route to host|deadline exceeded/i.test(error.message);
  return error instanceof Error && error.name === 'TimeoutError';
}
