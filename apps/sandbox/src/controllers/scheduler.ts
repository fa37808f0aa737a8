import { timestamp, type Pod } from '#store';
import { placePod } from './place-pod.ts';
import { isActive } from './pod-facts.ts';
import { keyOf, refOf, ReconcileQueue, say, type ControllerContext } from './reconcile-queue.ts';

const COMPONENT = 'default-scheduler';

/** Binds pods to nodes; a pod that fits nowhere is tried again whenever a node or a pod changes. */
export function startScheduler(context: ControllerContext): () => void {
  const queue: ReconcileQueue = new ReconcileQueue(context, COMPONENT, (key) => schedule(context, key))
    .on('Pod', (pod, previous) => (isWaiting(pod) ? [keyOf(pod)] : roomMade(context, pod, previous)))
    .on('Node', () => waitingKeys(context));
  return () => queue.stop();
}

function isWaiting(pod: Pod): boolean {
  return pod.spec.nodeName === undefined && isActive(pod);
}

/** A pod that went or ended may have made room for those that wait. */
function roomMade(context: ControllerContext, pod: Pod, previous: Pod | undefined): string[] {
  const went =
    context.store.get('Pod', pod.metadata) === undefined ||
    (previous !== undefined && isActive(previous) && !isActive(pod));
  return went ? waitingKeys(context) : [];
}

function waitingKeys({ store }: ControllerContext): string[] {
  return store.list('Pod').filter(isWaiting).map(keyOf);
}

function schedule(context: ControllerContext, key: string): void {
  const { store, now } = context;
  const pod = store.get('Pod', refOf(key));
  if (pod === undefined || !isWaiting(pod)) return;
  const nodes = store.list('Node');
  const placement = placePod(
    pod,
    nodes,
    store.list('Pod').filter((other) => other.spec.nodeName !== undefined),
  );
  const at = timestamp(now());
  if ('nodeName' in placement) {
    const { nodeName } = placement;
    const bound = store.modify('Pod', pod.metadata, (draft) => {
      draft.spec.nodeName = nodeName;
      setScheduled(draft, { status: 'True', lastTransitionTime: at });
    });
    const message = `Successfully assigned ${key} to ${nodeName}`;
    say(context, { involved: bound, reason: 'Scheduled', message, component: COMPONENT });
    return;
  }
  const why = [...placement.reasons].map(([reason, count]) => `${count} ${reason}`).join(', ');
  const message = `0/${nodes.length} nodes are available: ${why}. preemption: 0/${nodes.length} nodes are available: ${nodes.length} Preemption is not helpful for scheduling.`;
  const known = pod.status?.conditions?.find(({ type }) => type === 'PodScheduled');
  if (known?.message === message) return;
  const refused = store.modify('Pod', pod.metadata, (draft) => {
    setScheduled(draft, { status: 'False', reason: 'Unschedulable', message, lastTransitionTime: at });
  });
  say(context, {
    type: 'Warning',
    involved: refused,
    reason: 'FailedScheduling',
    message,
    component: COMPONENT,
  });
}

function setScheduled(
  pod: Pod,
  condition: { status: 'True' | 'False'; reason?: string; message?: string; lastTransitionTime: string },
): void {
  pod.status ??= {};
  const others = (pod.status.conditions ?? []).filter(({ type }) => type !== 'PodScheduled');
  pod.status.conditions = [...others, { type: 'PodScheduled', lastProbeTime: null, ...condition }];
}
