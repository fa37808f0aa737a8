import type { FaultRegistry } from '#faults';
import type { Kubelet } from '#nodes';
import type { ObjectStore } from '#store';
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
    nodes: store.list('Node').map(({ metadata, spec, status }) => ({
      name: metadata.name,
      zone: metadata.labels?.['topology.kubernetes.io/zone'],
      ready: isReady(status?.conditions),
      unschedulable: spec.unschedulable === true,
      frozen: kubelets.some((kubelet) => kubelet.name === metadata.name && kubelet.frozen),
    })),
    pods: store.list('Pod').map(({ metadata, spec, status }) => ({
      namespace: metadata.namespace,
      name: metadata.name,
      app: metadata.labels?.['app'],
      node: spec.nodeName,
      ip: status?.podIP,
      phase: status?.phase,
      ready: isReady(status?.conditions),
      terminating: metadata.deletionTimestamp !== undefined,
      restarts: (status?.containerStatuses ?? []).reduce((sum, one) => sum + one.restartCount, 0),
    })),
    faults: faults.active(),
  };
}

function isReady(conditions: readonly { type: string; status: string }[] | undefined): string {
  return conditions?.find(({ type }) => type === 'Ready')?.status ?? 'Unknown';
}
