import { KubeApiError } from '#cluster';
import type { EpochMs, KubeletAnswer, PodFact } from '#facts';

/** What was learnt of kubelets by asking them for logs. */
export interface KubeletAnswers {
  /** Last 90 s, newest first. */
  answers(): readonly KubeletAnswer[];
  /** Notes what came of reading a pod's log that was asked for at `at`: its text, or the error. */
  note(pod: PodFact, at: EpochMs, error: unknown): void;
  /** Pods whose logs are to be asked for now: one of each node that is silent, and one beside them. If that gives no log either, it is not the node. */
  toAsk(pods: readonly PodFact[], silentNodes: ReadonlySet<string>): readonly PodFact[];
}

const keepMs = 90_000;
/** A kubelet that may be gone is asked again after this. */
const askAgainMs = 2000;
const mostAsked = 10;

export function createKubeletAnswers(now: () => EpochMs): KubeletAnswers {
  let answers: readonly KubeletAnswer[] = [];
  return {
    answers: () => answers,
    note({ nodeName }, at, error) {
      if (nodeName === null || (error !== null && !isSilence(error))) return;
      const one = { at, node: nodeName, answered: error === null, durationMs: now() - at };
      answers = [one, ...answers.filter((before) => before.at > now() - keepMs)];
    },
    toAsk(pods, silentNodes) {
      const recent = new Set(answers.filter((one) => one.at > now() - askAgainMs).map((one) => one.node));
      const running = pods.filter((pod) => pod.phase === 'Running' && pod.nodeName !== null);
      const oneEach = [...new Map(running.map((pod) => [pod.nodeName ?? '', pod])).entries()];
      const suspects = oneEach.filter(([node]) => silentNodes.has(node) && !recent.has(node));
      const beside = oneEach.filter(([node]) => !silentNodes.has(node)).slice(0, 1);
      return suspects.length === 0 ? [] : [...suspects.slice(0, mostAsked), ...beside].map(([, pod]) => pod);
    },
  };
}

/** Nothing came back in time, to us or to the API server; a refusal is an answer of somebody. */
function isSilence(error: unknown): boolean {
  if (error instanceof KubeApiError)
    return /i\/o timeout|no route to host|deadline exceeded/i.test(error.message);
  return error instanceof Error && error.name === 'TimeoutError';
}
