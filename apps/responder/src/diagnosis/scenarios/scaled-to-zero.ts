import type { Scenario } from '../scenario.ts';

/** Nobody wants a replica of the service. Rests on the recording scaled-to-zero. */
export const scaledToZero: Scenario = {
  id: 'scaled-to-zero',
  ruledOut: 'at least one replica is wanted',
  find({ workload, workloadSubject, living }) {
    if (workload === null || workload.replicas > 0) return [];
    return [
      {
        id: 'scaled-to-zero',
        subject: workloadSubject,
        confidence: 0.97,
        for: ['0 replicas wanted', `${living.length} pods left`],
        against: [],
        settles: [],
      },
    ];
  },
};
