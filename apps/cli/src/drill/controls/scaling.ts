import { setTimeout as sleep } from 'node:timers/promises';
import type { EventPorts, HarmlessEvent } from './harmless-event.ts';

const usual = 3;
const more = 5;
const heldMs = 15_000;

function scale({ kubernetes, namespace, deployment }: EventPorts, replicas: number) {
  return kubernetes.ask('PATCH', `/apis/apps/v1/namespaces/${namespace}/deployments/${deployment}`, {
    body: { spec: { replicas } },
  });
}

/** Up to 5 replicas, and back. */
export const scaling: HarmlessEvent = {
  kind: 'control:scaling',
  async begin(ports, signal) {
    await scale(ports, more);
    void sleep(heldMs, undefined, { signal }).then(
      () => scale(ports, usual),
      () => {},
    );
    return `deployment/${ports.deployment}`;
  },
  async undo(ports) {
    await scale(ports, usual);
  },
};
