import { ownContainers, type PodContainer } from '../case-file.ts';
import type { Scenario } from '../scenario.ts';

const recentMs = 10 * 60_000;

function limitWords({ container }: PodContainer): string {
  return container.memoryLimitBytes === null
    ? 'no limit of its own'
    : `limit ${Math.round(container.memoryLimitBytes / 2 ** 20)} Mi`;
}

/** Containers are killed at their memory limit. A plain exit 137 is not this; nor is an eviction of the pod. */
export const memoryExhaustion: Scenario = {
  id: 'memory-exhaustion',
  ruledOut: 'no container was killed for its memory',
  find(file) {
    const killed = ownContainers(file).filter(({ container }) => {
      const end = container.lastTermination;
      return end?.reason === 'OOMKilled' && file.facts.at - (end.finishedAt ?? 0) < recentMs;
    });
    if (killed.length === 0) return [];
    const again = killed.some(({ container }) => container.restartCount > 1);
    return [
      {
        id: 'memory-exhaustion',
        subject: file.workloadSubject,
        confidence: again || killed.length > 1 ? 0.97 : 0.9,
        for: killed.map(
          (one) =>
            `${one.pod.name}: ${one.container.name} was OOMKilled (${limitWords(one)}), restarted ${one.container.restartCount} times`,
        ),
        against: [],
        settles: again ? [] : ['whether it happens again: one kill may be a single large request'],
      },
    ];
  },
};
