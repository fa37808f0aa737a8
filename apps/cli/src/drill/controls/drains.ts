import { setTimeout as sleep } from 'node:timers/promises';
import type { SandboxStatus } from '../sandbox-client.ts';
import type { EventPorts, HarmlessEvent } from './harmless-event.ts';

const retryMs = 2000;
const tooManyRequests = 429;

/** A node with a pod of the service and no other, as a person would choose for maintenance. */
export function nodeToDrain({ pods }: Pick<SandboxStatus, 'pods'>, app: string): string {
  const nodes = [...new Set(pods.flatMap(({ app: its, node }) => (its === app && node ? [node] : [])))];
  const found = nodes.find((node) => pods.every((pod) => pod.node !== node || pod.app === app));
  if (found === undefined)
    throw new Error(`no node runs a pod of ${app} and no other; expected one that can be drained`);
  return found;
}

function cordon({ kubernetes }: EventPorts, node: string, unschedulable: boolean) {
  return kubernetes.ask('PATCH', `/api/v1/nodes/${node}`, {
    body: { spec: { unschedulable: unschedulable ? true : null } },
  });
}

async function uncordonAll(ports: EventPorts): Promise<void> {
  const { nodes } = await ports.sandbox.status();
  for (const { name, unschedulable } of nodes) if (unschedulable) await cordon(ports, name, false);
}

/** Evicts what is on the node, as `kubectl drain` does: a refusal by the budget is asked again. */
async function evictAll(ports: EventPorts, node: string, signal: AbortSignal): Promise<void> {
  const { kubernetes, namespace, sandbox } = ports;
  while (!signal.aborted) {
    const here = (await sandbox.status()).pods.filter((pod) => pod.node === node && !pod.terminating);
    if (here.length === 0) return;
    for (const { name } of here)
      await kubernetes.ask('POST', `/api/v1/namespaces/${namespace}/pods/${name}/eviction`, {
        body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } },
        also: [tooManyRequests, 404],
      });
    await sleep(retryMs, undefined, { signal }).catch(() => {});
  }
}

async function beginDrain(ports: EventPorts, signal: AbortSignal): Promise<string> {
  const node = nodeToDrain(await ports.sandbox.status(), ports.deployment);
  await cordon(ports, node, true);
  evictAll(ports, node, signal).catch(() => {
    // What a drain could not do shows in the cluster, which is what is watched.
  });
  return `node/${node}`;
}

/** Cordon and drain within the disruption budget. */
export const plannedDrain: HarmlessEvent = {
  kind: 'control:planned-drain',
  begin: beginDrain,
  undo: uncordonAll,
};

function setBudget({ kubernetes, namespace, deployment }: EventPorts, minAvailable: number) {
  const path = `/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets/${deployment}`;
  return kubernetes.ask('PATCH', path, { body: { spec: { minAvailable } } });
}

/** A drain that the budget does not allow: it waits, and nothing happens. */
export const heldDrain: HarmlessEvent = {
  kind: 'control:held-drain',
  async begin(ports, signal) {
    await setBudget(ports, 3);
    return beginDrain(ports, signal);
  },
  async undo(ports) {
    await uncordonAll(ports);
    await setBudget(ports, 2);
  },
};
