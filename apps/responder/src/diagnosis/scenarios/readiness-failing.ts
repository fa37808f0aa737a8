import type { PodFact } from '#facts';
import { podsOfTheirOwn, type CaseFile } from '../case-file.ts';
import type { Scenario } from '../scenario.ts';

/** The kubelet tells each pod's failures 25 times and then once in 5 minutes. */
const windowMs = 6 * 60_000;
const crashMs = 2 * 60_000;
/** A pod that says 5xx may speak of a dependency: logs and dependencies get this long to name it. */
const patienceMs = 60_000;
/** A pod that starts answers a moment before its first probe finds it so. */
const settleMs = 20_000;

interface UnreadyPod {
  readonly pod: PodFact;
  /** HTTP status that the kubelet got on the readiness path; null when none is known. */
  readonly status: number | null;
  /** Nothing listens where the probe asks. */
  readonly refused: boolean;
}

function unreadyPod(file: CaseFile, pod: PodFact): UnreadyPod {
  const failures = file
    .eventsOf(`pod/${pod.name}`, windowMs)
    .filter((one) => one.reason === 'Unhealthy' && one.message.startsWith('Readiness probe failed'));
  const message = failures.at(-1)?.message ?? '';
  const code = /statuscode: (\d+)/.exec(message)?.[1];
  return {
    pod,
    status: code === undefined ? null : Number(code),
    refused: /connection refused/.test(message),
  };
}

/** A container that ended a short while ago is unready for another reason. */
function isRunning(pod: PodFact, at: number): boolean {
  return (
    pod.phase === 'Running' &&
    pod.containers.every(
      (one) => one.state === 'running' && at - (one.lastTermination?.finishedAt ?? 0) > crashMs,
    )
  );
}

function unreadyForMs(pod: PodFact, at: number): number {
  return at - (pod.readyChangedAt ?? pod.createdAt);
}

/** Its probe is refused while it answers on the port that it serves: the probe asks the wrong port. */
function answersElsewhere({ pod, refused }: UnreadyPod, file: CaseFile): boolean {
  const read = file.newestRead(pod);
  return refused && read !== null && read.outcome === 'ok' && unreadyForMs(pod, file.facts.at) > settleMs;
}

function confidenceOf(unready: readonly UnreadyPod[], file: CaseFile): number {
  const wrongPath = unready.filter(({ status }) => status !== null && status >= 400 && status < 500);
  const all = unready.length === file.living.length;
  if (wrongPath.length > 0) return all || wrongPath.length > 1 ? 0.95 : 0.75;
  if (unready.filter((one) => answersElsewhere(one, file)).length * 2 > unready.length) return 0.85;
  const { at } = file.facts;
  if (unready.some(({ status }) => status !== null))
    return unready.some(({ pod }) => unreadyForMs(pod, at) > patienceMs) ? 0.55 : 0.4;
  return unready.some(({ pod }) => at - pod.createdAt > patienceMs) ? 0.55 : 0.2;
}

/**
 * Containers run but are not taken to be ready, and no dependency explains it. New pods may be unready for a while. Rests on the
 * recording readiness-probe-wrong.
 */
export const readinessFailing: Scenario = {
  id: 'readiness-failing',
  ruledOut: 'all running pods are ready',
  find(file) {
    const unready = podsOfTheirOwn(file)
      .filter((pod) => !pod.ready && isRunning(pod, file.facts.at))
      .map((pod) => unreadyPod(file, pod));
    if (unready.length === 0) return [];
    return [
      {
        id: 'readiness-failing',
        subject: file.workloadSubject,
        confidence: confidenceOf(unready, file),
        for: unready.map(({ pod, status }) =>
          status === null
            ? `${pod.name} runs, but is not ready`
            : `${pod.name} runs, but its readiness path answers ${status}`,
        ),
        against: unready.some(({ status }) => status !== null && status >= 500)
          ? ['a pod that says 5xx may only report that a dependency fails']
          : [],
        settles: unready.every(({ status }) => status === null)
          ? ['what the readiness path answers to the kubelet']
          : [],
      },
    ];
  },
};
