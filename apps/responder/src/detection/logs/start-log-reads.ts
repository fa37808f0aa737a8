import type { Cluster, LogOptions } from '#cluster';
import type { EpochMs, KubeletAnswer, LogSignature, PodFact } from '#facts';
import { createKubeletAnswers } from './kubelet-answers.ts';
import { countSignatures } from './log-signatures.ts';

/** Error signatures in the logs of the service's pods over the last 5 minutes. */
export interface LogReads {
  signatures(): readonly LogSignature[];
  /** Which kubelets gave a log and which nothing in time, last 90 s, newest first. */
  kubelets(): readonly KubeletAnswer[];
  /** Reads the logs of all pods now, each within 2 s, unless that was less than 5 s ago: then only kubelets that may be gone are asked. */
  look(): Promise<void>;
}

export interface LogReadOptions {
  readonly cluster: Pick<Cluster, 'readLogs'>;
  readonly namespace: string;
  readonly pods: () => readonly PodFact[];
  /** Nodes whose pods do not answer. */
  readonly silentNodes: () => ReadonlySet<string>;
  readonly now: () => EpochMs;
}

const shortestGapMs = 5000;
const windowMs = 5 * 60_000;
const limitMs = 2000;
/** Enough to find what keeps happening. */
const signatureLines = {
  sinceSeconds: windowMs / 1000,
  timestamps: true,
  tailLines: 300,
  limitBytes: 200_000,
};
const oneLine = { tailLines: 1, limitBytes: 200 };

/** Logs are read on suspicion only: at rest they cost nothing. */
export function createLogReads({ cluster, namespace, pods, silentNodes, now }: LogReadOptions): LogReads {
  const kubelets = createKubeletAnswers(now);
  let known: readonly LogSignature[] = [];
  let lastAt = -Infinity;

  /** Null for a log that cannot be read: it says nothing; the evidence steps report why. */
  async function readPod(pod: PodFact, lines: Omit<LogOptions, 'namespace'>): Promise<string | null> {
    const startedAt = now();
    try {
      const text = await cluster.readLogs(pod.name, { ...lines, namespace, timeoutMs: limitMs });
      kubelets.note(pod, startedAt, null);
      return text;
    } catch (error) {
      kubelets.note(pod, startedAt, error);
      return null;
    }
  }

  async function signaturesOf(pod: PodFact): Promise<readonly LogSignature[] | null> {
    const text = await readPod(pod, signatureLines);
    return text === null ? null : countSignatures(text, now()).map((one) => ({ ...one, pod: pod.name }));
  }

  async function readAll(): Promise<void> {
    const read = await Promise.all(
      pods().map(async (pod) => ({ pod: pod.name, found: await signaturesOf(pod) })),
    );
    const answered = new Set(read.filter((one) => one.found !== null).map((one) => one.pod));
    const kept = known.filter((one) => !answered.has(one.pod) && one.lastAt > now() - windowMs);
    known = [...kept, ...read.flatMap((one) => one.found ?? [])];
  }

  return {
    signatures: () => known,
    kubelets: kubelets.answers,
    async look() {
      if (now() - lastAt >= shortestGapMs) {
        lastAt = now();
        return readAll();
      }
      const asked = kubelets.toAsk(pods(), silentNodes());
      await Promise.all(asked.map((pod) => readPod(pod, oneLine)));
    },
  };
}
