import type { DisruptionBudget, PodOnNode } from '#cluster';
import type { NodeFact, WorkloadFact } from '#facts';
import type { LiveView } from './live-view.ts';

/** A ready worker node. */
export function node(name: string, over: Partial<NodeFact> = {}): NodeFact {
  return {
    uid: `uid-${name}`,
    name,
    zone: 'zone-1',
    ready: 'True',
    readyChangedAt: null,
    unschedulable: false,
    taints: [],
    leaseRenewedAt: null,
    controlPlane: false,
    pressures: [],
    ...over,
  };
}

/** A ready pod of the watched service on a node. */
export function podOn(name: string, nodeName: string, over: Partial<PodOnNode> = {}): PodOnNode {
  return {
    uid: `uid-${name}`,
    name,
    namespace: 'platform',
    labels: { app: 'multitenant-api' },
    nodeName,
    podIp: '10.0.0.1',
    phase: 'Running',
    ready: true,
    readyChangedAt: null,
    createdAt: 0,
    deletionAt: null,
    owner: 'replicaset/multitenant-api-1',
    containers: [],
    daemon: false,
    mirror: false,
    emptyDir: false,
    ...over,
  };
}

/** A deployment of three that stands still. */
export function workload(over: Partial<WorkloadFact> = {}): WorkloadFact {
  return {
    kind: 'deployment',
    uid: 'uid-deployment',
    name: 'multitenant-api',
    namespace: 'platform',
    replicas: 3,
    updatedReplicas: 3,
    readyReplicas: 3,
    availableReplicas: 3,
    generation: 4,
    observedGeneration: 4,
    revision: '2',
    changedAt: null,
    selector: { app: 'multitenant-api' },
    ...over,
  };
}

/** A disruption budget over the service's pods. */
export function budget(
  disruptionsAllowed: number,
  selector: Readonly<Record<string, string>> = { app: 'multitenant-api' },
): DisruptionBudget {
  return {
    name: 'api',
    namespace: 'platform',
    selector,
    disruptionsAllowed,
    currentHealthy: 3,
    desiredHealthy: 2,
  };
}

/** Three nodes, three pods, one each; node-b is the one that a change is about. */
export function liveView(over: Partial<LiveView> = {}): LiveView {
  return {
    nodes: [node('node-a'), node('node-b', { ready: 'Unknown' }), node('node-c')],
    servicePods: [podOn('api-a', 'node-a'), podOn('api-b', 'node-b'), podOn('api-c', 'node-c')],
    nodePods: [podOn('api-b', 'node-b')],
    deployment: workload(),
    workload: workload(),
    budgets: [],
    endpoints: [],
    ...over,
  };
}
