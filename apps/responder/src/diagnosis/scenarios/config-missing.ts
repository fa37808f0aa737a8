import { ownContainers, podsOfTheirOwn, type CaseFile, type PodContainer } from '../case-file.ts';
import type { Scenario } from '../scenario.ts';

/** A mount is tried again every few seconds to two minutes. */
const windowMs = 5 * 60_000;
/** A Secret or ConfigMap that is made together with the pod may come a moment later. */
const graceMs = 10_000;
const missing = /not found|non-existent|couldn't find key|references non-existent/i;

function waitingContainers(file: CaseFile): readonly PodContainer[] {
  return ownContainers(file).filter(({ container }) => {
    if (container.reason === 'CreateContainerConfigError') return true;
    return container.reason === 'CreateContainerError' && missing.test(container.message ?? '');
  });
}

function failedMounts(file: CaseFile) {
  const stuck = podsOfTheirOwn(file).filter(
    (pod) => !pod.ready && pod.phase === 'Pending' && file.facts.at - pod.createdAt > graceMs,
  );
  return stuck.flatMap((pod) =>
    file
      .eventsOf(`pod/${pod.name}`, windowMs)
      .filter((one) => one.reason === 'FailedMount' && missing.test(one.message)),
  );
}

/**
 * A container cannot start because a Secret, a ConfigMap or a key of one that it names is not there. Rests on
 * https://kubernetes.io/docs/concepts/configuration/secret/ (a container waits until its Secret exists) and the kubelet's reasons
 * CreateContainerConfigError and FailedMount.
 */
export const configMissing: Scenario = {
  id: 'config-missing',
  ruledOut: 'no container waits for a Secret or ConfigMap',
  find(file) {
    const waiting = waitingContainers(file);
    const mounts = failedMounts(file);
    if (waiting.length + mounts.length === 0) return [];
    const named = [...waiting.map((one) => one.container.message ?? ''), ...mounts.map((one) => one.message)];
    return [
      {
        id: 'config-missing',
        subject: file.workloadSubject,
        confidence: named.some((text) => missing.test(text)) || waiting.length > 0 ? 0.95 : 0.8,
        for: [
          ...waiting.map(
            ({ pod, container }) =>
              `${pod.name}: ${container.name}: ${container.reason}${container.message ? ` (${container.message})` : ''}`,
          ),
          ...mounts.map((one) => `${one.subject}: ${one.message}`),
        ],
        against: [],
        settles: [],
      },
    ];
  },
};
