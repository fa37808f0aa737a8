import type { Cluster } from '#cluster';
import type { EpochMs, LogSignature, PodFact } from '#facts';
import { countSignatures } from './log-signatures.ts';

/** Error signatures in the logs of the service's pods over the last 5 minutes. */
export interface LogReads {
  signatures(): readonly LogSignature[];
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

/** Logs are read on suspicion only: at rest they cost nothing. */
export function createLogReads({ cluster, namespace, pods, now }: LogReadOptions): LogReads {
  let known: readonly LogSignature[] = [];
  let lastAt = -Infinity;

  async function readPod(pod: PodFact): Promise<readonly LogSignature[] | null> {
    const options = {
      namespace,
      sinceSeconds: windowMs / 1000,
      timestamps: true,
      tailLines: 300,
      limitBytes: 200_000,
      timeoutMs: limitMs,
    };
    try {
      const text = await cluster.readLogs(pod.name, options);
      return countSignatures(text, now()).map((one) => ({ ...one, pod: pod.name }));
    } catch {
      // A log that cannot be read says nothing; the evidence steps report why.
      return null;
    }
  }

  return {
    signatures: () => known,
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
