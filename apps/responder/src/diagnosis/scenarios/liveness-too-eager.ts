import type { EventFact } from '#facts';
import { podsOfTheirOwn } from '../case-file.ts';
import type { Scenario } from '../scenario.ts';

const windowMs = 5 * 60_000;

function isKill(one: EventFact): boolean {
  return one.reason === 'Killing' && /failed (?:liveness|startup) probe/.test(one.message);
}

/**
 * The kubelet kills containers because their liveness (or startup) probe fails. Rests on
 * https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/: the kill is an event of type Normal, and
 * the exit is 137 with reason Error or, when the container heeds SIGTERM, any other.
 */
export const livenessTooEager: Scenario = {
  id: 'liveness-too-eager',
  ruledOut: 'no container was killed for its liveness probe',
  find(file) {
    const killed = podsOfTheirOwn(file)
      .map((pod) => ({ pod, kills: file.eventsOf(`pod/${pod.name}`, windowMs).filter(isKill) }))
      .filter(({ kills }) => kills.length > 0);
    if (killed.length === 0) return [];
    const times = killed.flatMap((one) => one.kills).reduce((sum, one) => sum + one.count, 0);
    const failures = killed.flatMap(({ pod }) =>
      file
        .eventsOf(`pod/${pod.name}`, windowMs)
        .filter((one) => one.reason === 'Unhealthy' && one.message.startsWith('Liveness probe failed'))
        .slice(-1)
        .map((one) => `${pod.name}: ${one.message}`),
    );
    return [
      {
        id: 'liveness-too-eager',
        subject: file.workloadSubject,
        // One kill is what the probe is for: a process that hung.
        confidence: killed.length > 1 ? 0.88 : times > 1 ? 0.8 : 0.45,
        for: [
          ...killed.map(({ pod }) => `${pod.name} was killed because its liveness probe failed`),
          ...failures,
        ],
        against: ['a container that really hangs is killed the same way'],
        settles: ['what the container answers on its liveness path just before it is killed'],
      },
    ];
  },
};
