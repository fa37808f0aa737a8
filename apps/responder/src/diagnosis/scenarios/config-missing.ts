import { ownContainers, podsOfTheirOwn } from '../case-file.ts';
import type { Scenario } from '../scenario.ts';

const windowMs = 3 * 60_000;
const reasons = new Set(['CreateContainerConfigError', 'CreateContainerError']);

/** A container cannot start because a Secret or ConfigMap that it names is not there. */
export const configMissing: Scenario = {
  id: 'config-missing',
  ruledOut: 'no container waits for a Secret or ConfigMap',
  find(file) {
    const waiting = ownContainers(file).filter(({ container }) => reasons.has(container.reason ?? ''));
    const mounts = podsOfTheirOwn(file).flatMap((pod) =>
      file
        .eventsOf(`pod/${pod.name}`, windowMs)
        .filter((one) => one.reason === 'FailedMount' && /not found/.test(one.message) && !pod.ready),
    );
    if (waiting.length + mounts.length === 0) return [];
    return [
      {
        id: 'config-missing',
        subject: file.workloadSubject,
        confidence: waiting.some((one) => one.container.reason === 'CreateContainerConfigError') ? 0.95 : 0.8,
        for: [
          ...waiting.map(({ pod, container }) => `${pod.name}: ${container.name}: ${container.reason}`),
          ...mounts.map((one) => `${one.subject}: ${one.message}`),
        ],
        against: [],
        settles: [],
      },
    ];
  },
};
