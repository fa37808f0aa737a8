import { timestamp, type Node } from '#store';
import { isReady } from './pod-facts.ts';
import { silentConditions, taintsFor } from './judge-node.ts';
import { refOf, ReconcileQueue, say, type ControllerContext } from './reconcile-queue.ts';

const COMPONENT = 'node-controller';
const LEASE_NAMESPACE = 'kube-node-lease';

/**
 * Watches the nodes' leases: one not renewed for the grace period makes its node Unknown, taints it and marks its pods
 * not ready. Ages are counted from when a renewal was seen here, so that no clock of a node matters.
 */
export function startNodeLifecycleController(context: ControllerContext): () => void {
  const seenAt = new Map<string, number>();
  const queue: ReconcileQueue = new ReconcileQueue(context, COMPONENT, (key) =>
    taint(context, refOf(key).name),
  ).on('Node', (node) => [`/${node.metadata.name}`]);
  const unwatch = context.store.watch('Lease', {}, ({ object }) => {
    if (object.metadata.namespace === LEASE_NAMESPACE) seenAt.set(object.metadata.name, context.now());
  });
  const timer = setInterval(() => {
    for (const node of context.store.list('Node')) judge(context, node, seenAt.get(node.metadata.name));
  }, context.timings.nodeMonitorPeriodMs);
  return () => {
    clearInterval(timer);
    unwatch();
    queue.stop();
  };
}

function judge(context: ControllerContext, node: Node, renewedAt: number | undefined): void {
  const now = context.now();
  const silentMs = now - (renewedAt ?? Date.parse(node.metadata.creationTimestamp ?? ''));
  if (silentMs <= context.timings.nodeMonitorGraceMs || readyStatus(node) === 'Unknown') return;
  const silent = context.store.modify('Node', node.metadata, (draft) => {
    draft.status = {
      ...draft.status,
      conditions: silentConditions(draft.status?.conditions ?? [], timestamp(now)),
    };
  });
  const { name } = node.metadata;
  say(context, {
    involved: silent,
    reason: 'NodeNotReady',
    message: `Node ${name} status is now: NodeNotReady`,
    component: COMPONENT,
  });
  taint(context, name);
  markPodsNotReady(context, name);
}

function readyStatus(node: Node): 'True' | 'False' | 'Unknown' {
  return node.status?.conditions?.find(({ type }) => type === 'Ready')?.status ?? 'Unknown';
}

function taint({ store, now }: ControllerContext, name: string): void {
  const node = store.get('Node', { name });
  if (node?.status?.conditions === undefined) return;
  const taints = taintsFor(node.spec.taints ?? [], {
    ready: readyStatus(node),
    unschedulable: node.spec.unschedulable === true,
    now: timestamp(now()),
  });
  store.modify('Node', { name }, (draft) => {
    if (taints.length > 0) draft.spec.taints = taints;
    else delete draft.spec.taints;
  });
}

function markPodsNotReady(context: ControllerContext, nodeName: string): void {
  const { store, now } = context;
  for (const pod of store.list('Pod').filter(({ spec }) => spec.nodeName === nodeName)) {
    if (!isReady(pod)) continue;
    const marked = store.modify('Pod', pod.metadata, (draft) => {
      const ready = draft.status?.conditions?.find(({ type }) => type === 'Ready');
      if (ready !== undefined)
        Object.assign(ready, { status: 'False', lastTransitionTime: timestamp(now()) });
    });
    say(context, {
      type: 'Warning',
      involved: marked,
      reason: 'NodeNotReady',
      message: 'Node is not ready',
      component: COMPONENT,
    });
  }
}
