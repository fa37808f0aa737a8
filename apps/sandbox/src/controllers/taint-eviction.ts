import { timestamp, type KubeObject, type Pod } from '#store';
import { isActive } from './pod-facts.ts';
import { refOf, ReconcileQueue, say, type ControllerContext } from './reconcile-queue.ts';
import { evictionTime } from './tolerations.ts';

const COMPONENT = 'taint-eviction-controller';

/** Deletes pods from nodes with NoExecute taints when their tolerations end (300 s by default). */
export function startTaintEvictionController(context: ControllerContext): () => void {
  const waiting = new Map<string, KubeObject>();
  const queue: ReconcileQueue = new ReconcileQueue(context, COMPONENT, (key) =>
    reconcile(context, { queue, waiting }, key),
  )
    .on('Node', (node, previous) =>
      sameTaints(node.spec.taints, previous?.spec.taints) ? [] : [`/${node.metadata.name}`],
    )
    .on('Pod', (pod) => (pod.spec.nodeName === undefined ? [] : [`/${pod.spec.nodeName}`]));
  return () => queue.stop();
}

function sameTaints(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? []) === JSON.stringify(b ?? []);
}

interface Waiting {
  queue: ReconcileQueue;
  /** Pods whose deletion is due, by uid. */
  waiting: Map<string, KubeObject>;
}

function reconcile(context: ControllerContext, { queue, waiting }: Waiting, key: string): void {
  const { store, timings, now } = context;
  const { name } = refOf(key);
  const taints = store.get('Node', { name })?.spec.taints ?? [];
  for (const pod of store
    .list('Pod')
    .filter(({ spec }) => spec.nodeName === name)
    .filter(isActive)) {
    const uid = pod.metadata.uid ?? '';
    const at = evictionTime(taints, pod.spec.tolerations ?? [], timings.podEvictionAfterMs);
    if (at === 'never') {
      if (waiting.delete(uid)) announce(context, pod, 'Cancelling deletion of Pod');
    } else if (at === 'now' || at <= now()) {
      waiting.delete(uid);
      evict(context, pod);
    } else {
      waiting.set(uid, pod);
      queue.addAfter(key, at - now());
    }
  }
}

function evict(context: ControllerContext, pod: Pod): void {
  announce(context, pod, 'Marking for deletion Pod');
  context.store.modify('Pod', pod.metadata, (draft) => {
    draft.status ??= {};
    const others = (draft.status.conditions ?? []).filter(({ type }) => type !== 'DisruptionTarget');
    draft.status.conditions = [
      ...others,
      {
        type: 'DisruptionTarget',
        status: 'True',
        reason: 'DeletionByTaintManager',
        message: 'Taint manager: deleting due to NoExecute taint',
        lastTransitionTime: timestamp(context.now()),
      },
    ];
  });
  context.store.delete('Pod', pod.metadata);
}

function announce(context: ControllerContext, pod: Pod, what: string): void {
  const message = `${what} ${pod.metadata.namespace ?? ''}/${pod.metadata.name}`;
  say(context, { involved: pod, reason: 'TaintManagerEviction', message, component: COMPONENT });
}
