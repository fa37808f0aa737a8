import { conditionOf, isReady, setCondition, type Node, type Ref } from '#store';
import { Controller, type ControllerContext } from './controller.ts';
import { silentConditions, taintsFor } from './judge-node.ts';

const LEASE_NAMESPACE = 'kube-node-lease';

/**
 * Watches the nodes' leases: one not renewed for the grace period makes its node Unknown, taints it and marks its pods
 * not ready. Ages are counted from when a renewal was seen here, so that no clock of a node matters.
 */
export function startNodeLifecycleController(context: ControllerContext): Controller {
  const { store } = context;
  const seenAt = new Map<string, number>();
  const controller = new Controller(context, 'node-controller', taint)
    .on('Node', ({ metadata }) => [metadata])
    .on('Lease', ({ metadata: { namespace, name } }) => {
      if (namespace === LEASE_NAMESPACE) seenAt.set(name, context.now());
      return [];
    });
  const timer = setInterval(() => {
    for (const node of store.list('Node')) judge(controller, node, seenAt.get(node.metadata.name));
  }, context.timings.nodeMonitorPeriodMs);
  return controller.onStop(() => clearInterval(timer));
}

function judge(controller: Controller, node: Node, renewedAt: number | undefined): void {
  const { store, timings } = controller;
  const silentMs = controller.now() - (renewedAt ?? Date.parse(node.metadata.creationTimestamp ?? ''));
  if (silentMs <= timings.nodeMonitorGraceMs || readyStatus(node) === 'Unknown') return;
  const silent = store.modify('Node', node.metadata, (draft) => {
    const conditions = silentConditions(draft.status?.conditions ?? [], controller.nowText());
    draft.status = { ...draft.status, conditions };
  });
  controller.say(silent, 'NodeNotReady', `Node ${node.metadata.name} status is now: NodeNotReady`);
  taint(controller, node.metadata);
  markPodsNotReady(controller, node.metadata.name);
}

function readyStatus(node: Node): 'True' | 'False' | 'Unknown' {
  return conditionOf(node, 'Ready')?.status ?? 'Unknown';
}

function taint(controller: Controller, { name }: Ref): void {
  const { store } = controller;
  const node = store.get('Node', { name });
  if (node?.status?.conditions === undefined) return;
  const taints = taintsFor(node.spec.taints ?? [], {
    ready: readyStatus(node),
    unschedulable: node.spec.unschedulable === true,
    now: controller.nowText(),
  });
  store.modify('Node', { name }, (draft) => {
    draft.spec.taints = taints.length > 0 ? taints : undefined;
  });
}

function markPodsNotReady(controller: Controller, nodeName: string): void {
  const { store } = controller;
  for (const pod of store.list('Pod').filter(({ spec }) => spec.nodeName === nodeName)) {
    const ready = conditionOf(pod, 'Ready');
    if (ready === undefined || !isReady(pod)) continue;
    const marked = store.modify('Pod', pod.metadata, (draft) =>
      setCondition(draft, { ...ready, status: 'False', lastTransitionTime: controller.nowText() }),
    );
    controller.say(marked, 'NodeNotReady', 'Node is not ready', 'Warning');
  }
}
