import type { Scenario } from '../scenario.ts';

/** The Service sends to a port that the containers do not declare, while the pods answer when asked directly. */
export const portMismatch: Scenario = {
  id: 'port-mismatch',
  ruledOut: 'the Service sends to a port that the pods declare',
  find({ service, living, newestRead }) {
    const targets = service?.targetPorts ?? [];
    const declared = new Set(living.flatMap((pod) => pod.containers.flatMap((one) => one.ports ?? [])));
    if (service === null || declared.size === 0 || targets.length === 0) return [];
    if (targets.some((port) => declared.has(port))) return [];
    const answering = living.filter((pod) => newestRead(pod)?.outcome === 'ok').length;
    return [
      {
        id: 'port-mismatch',
        subject: `service/${service.name}`,
        confidence: 0.9,
        for: [
          `${service.name} sends to port ${targets.join(', ')}; the pods declare ${[...declared].join(', ')}`,
          ...(answering > 0 ? [`${answering} pods answer when asked directly`] : []),
        ],
        against: ['a declared port is a statement only: a container may listen on others'],
        settles: [],
      },
    ];
  },
};
