import { podsOfTheirOwn } from '../case-file.ts';
import type { Scenario } from '../scenario.ts';

const windowMs = 5 * 60_000;

/** The kubelet kills containers because their liveness probe fails. */
export const livenessTooEager: Scenario = {
  id: 'liveness-too-eager',
  ruledOut: 'no container was killed for its liveness probe',
  find(file) {
    const killed = podsOfTheirOwn(file).filter((pod) =>
      file
        .eventsOf(`pod/${pod.name}`, windowMs)
        .some((one) => one.reason === 'Killing' && /failed liveness probe/.test(one.message)),
    );
    if (killed.length === 0) return [];
    return [
      {
        id: 'liveness-too-eager',
        subject: file.workloadSubject,
        confidence: killed.length > 1 ? 0.85 : 0.7,
        for: killed.map((pod) => `${pod.name} was killed because its liveness probe failed`),
        against: ['a container that really hangs is killed the same way'],
        settles: ['what the container answers on its liveness path just before it is killed'],
      },
    ];
  },
};
