import type { Scenario } from '../scenario.ts';

const windowMs = 5 * 60_000;

/** Pods cannot be created because the namespace's quota is used up. */
export const quotaExceeded: Scenario = {
  id: 'quota-exceeded',
  ruledOut: 'no pod was refused by a quota',
  find({ facts, workload, workloadSubject }) {
    const refused = facts.cluster.events.filter(
      (one) =>
        one.reason === 'FailedCreate' &&
        one.at > facts.at - windowMs &&
        /exceeded quota/.test(one.message) &&
        one.subject.startsWith(`replicaset/${facts.service.deployment}-`),
    );
    const [first] = refused;
    if (first === undefined || workload === null) return [];
    const missing = workload.replicas - workload.readyReplicas;
    if (missing <= 0) return [];
    return [
      {
        id: 'quota-exceeded',
        subject: workloadSubject,
        confidence: 0.93,
        for: [first.message, `${missing} of ${workload.replicas} replicas are missing`],
        against: [],
        settles: [],
      },
    ];
  },
};
