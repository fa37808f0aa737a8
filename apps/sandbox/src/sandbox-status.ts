import type { FaultRegistry } from '#faults';
import type { Kubelet } from '#nodes';
import { conditionOf, type ObjectStore } from '#store';
import { unreadyWorkloads } from './wait-ready.ts';

/** What `GET /status` of the control server tells. */
export function sandboxStatus(
  store: ObjectStore,
  kubelets: readonly Kubelet[],
  faults: FaultRegistry,
): unknown {
  const waitingFor = unreadyWorkloads(store);
  return {
    ready: waitingFor.length === 0,
    waitingFor,
    nodes: store.list('Node').map((node) => ({
      name: node.metadata.name,
      zone: node.metadata.labels?.['topology.kubernetes.io/zone'],
      ready: conditionOf(node, 'Ready')?.status ?? 'Unknown',
      unschedulable: node.spec.unschedulable === true,
      frozen: kubelets.some(({ name, frozen }) => name === node.metadata.name && frozen),
    })),
    pods: store.list('Pod').map((pod) => ({
      namespace: pod.metadata.namespace,
      name: pod.metadata.name,
      app: pod.metadata.labels?.['app'],
      node: pod.spec.nodeName,
      ip: pod.status?.podIP,
      phase: pod.status?.phase,
      ready: conditionOf(pod, 'Ready')?.status ?? 'Unknown',
      terminating: pod.metadata.deletionTimestamp !== undefined,
      restarts: (pod.status?.containerStatuses ?? []).reduce((sum, one) => sum + one.restartCount, 0),
    })),
    faults: faults.active(),
  };
}
