import type { PodFact } from '#facts';
import { podsOfTheirOwn, type CaseFile } from '../case-file.ts';
import type { Scenario } from '../scenario.ts';

/** A healthy rollout makes some progress within this time; the deployment's own deadline is 600 s unless it says otherwise. */
const patienceMs = 90_000;

/** Pods of the newest ReplicaSet, and those of the ones before it. */
function generations(pods: readonly PodFact[]): {
  readonly fresh: readonly PodFact[];
  readonly old: readonly PodFact[];
} {
  const newest = pods.toSorted((a, b) => b.createdAt - a.createdAt)[0];
  if (newest === undefined || newest.owner === null) return { fresh: [], old: [] };
  const fresh = pods.filter((pod) => pod.owner === newest.owner);
  return { fresh, old: pods.filter((pod) => pod.owner !== newest.owner) };
}

function isWaiting({ workload, facts }: CaseFile, fresh: readonly PodFact[]): boolean {
  if (workload === null || fresh.length === 0 || fresh.some((pod) => pod.ready)) return false;
  if (workload.deadlineExceeded === true) return true;
  const since = Math.max(workload.changedAt ?? 0, ...fresh.map((pod) => pod.createdAt));
  return facts.at - since > patienceMs;
}

/**
 * New pods do not become ready, so the old ones serve on; nothing else says why. Rests on
 * https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#failed-deployment (maxUnavailable, ProgressDeadlineExceeded)
 * and the recording bad-image-rollout.
 */
export const rolloutStuck: Scenario = {
  id: 'rollout-stuck',
  ruledOut: 'no rollout waits for its new pods',
  find(file) {
    const { fresh, old } = generations(podsOfTheirOwn(file));
    const serving = old.filter((pod) => pod.ready);
    if (serving.length === 0 || !isWaiting(file, fresh)) return [];
    const late = file.workload?.deadlineExceeded === true;
    return [
      {
        id: 'rollout-stuck',
        subject: file.workloadSubject,
        confidence: late ? 0.92 : 0.75,
        for: [
          `${fresh.length} new pods are not ready: ${fresh.map((pod) => pod.name).join(', ')}`,
          `${serving.length} pods of the version before serve on`,
          ...(late ? ['the deployment says that its deadline has passed'] : []),
        ],
        against: late ? [] : ['a new version may just start slowly'],
        settles: late ? [] : ["the deployment's own deadline"],
      },
    ];
  },
};
