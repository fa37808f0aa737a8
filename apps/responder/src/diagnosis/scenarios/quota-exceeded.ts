import type { Scenario } from '../scenario.ts';

/** The controller tries again ever more slowly: up to a quarter of an hour apart. */
const windowMs = 15 * 60_000;

/**
 * Pods cannot be created because the namespace's quota is used up. Rests on
 * https://kubernetes.io/docs/concepts/policy/resource-quotas/: the ReplicaSet gets an event FailedCreate, there is no pod to look at.
 */
export const quotaExceeded: Scenario = {
  id: 'quota-exceeded',
  ruledOut: 'no pod was refused by a quota',
  find({ facts, living, pods, workload, workloadSubject }) {
    const ofReplicaSets = facts.cluster.events.filter(
      (one) =>
        one.at > facts.at - windowMs && one.subject.startsWith(`replicaset/${facts.service.deployment}-`),
    );
    const last = ofReplicaSets
      .filter((one) => one.reason === 'FailedCreate' && /exceeded quota/.test(one.message))
      .at(-1);
    if (last === undefined || workload === null) return [];
    // A pod made after the refusal, were it gone since, says that the quota has room again.
    const made = ofReplicaSets.some((one) => one.reason === 'SuccessfulCreate' && one.at > last.at);
    if (made || pods.some((pod) => pod.createdAt > last.at)) return [];
    const missing = workload.replicas - living.length;
    if (missing <= 0) return [];
    return [
      {
        id: 'quota-exceeded',
        subject: workloadSubject,
        confidence: 0.93,
        for: [last.message, `${missing} of ${workload.replicas} replicas are missing`],
        against: [],
        settles: [],
      },
    ];
  },
};
