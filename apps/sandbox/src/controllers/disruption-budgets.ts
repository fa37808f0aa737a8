import { matchesSelector, timestamp, type ObjectStore, type Pod } from '#store';
import { budgetStatus } from './budget-status.ts';
import { isFinished, isReady, isTerminating } from './pod-facts.ts';
import { keyOf, refOf, ReconcileQueue, say, type ControllerContext } from './reconcile-queue.ts';

/** Keeps the status of each PodDisruptionBudget; evictions are decided by it. */
export function startDisruptionBudgetController(context: ControllerContext): () => void {
  const queue: ReconcileQueue = new ReconcileQueue(context, 'disruption-controller', (key) =>
    reconcile(context, key),
  )
    .on('PodDisruptionBudget', (budget) => [keyOf(budget)])
    .on('Pod', (pod) =>
      context.store.list('PodDisruptionBudget', { namespace: pod.metadata.namespace }).map(keyOf),
    );
  return () => queue.stop();
}

function reconcile(context: ControllerContext, key: string): void {
  const { store, now } = context;
  const budget = store.get('PodDisruptionBudget', refOf(key));
  if (budget === undefined) return;
  const pods = store
    .list('Pod', { namespace: refOf(key).namespace })
    .filter((pod) => matchesSelector(pod.metadata.labels, budget.spec.selector) && !isFinished(pod));
  if (pods.length === 0 && budget.status?.expectedPods !== 0) {
    const message = 'No matching pods found';
    say(context, { involved: budget, reason: 'NoPods', message, component: 'controllermanager' });
  }
  const uncounted = budget.status?.disruptedPods ?? {};
  const healthy = pods.filter(
    (pod) => isReady(pod) && !isTerminating(pod) && uncounted[pod.metadata.name] === undefined,
  );
  const counts = { healthy: healthy.length, expected: wantedPods(context, pods), total: pods.length };
  const names = new Set(pods.filter((pod) => !isTerminating(pod)).map((pod) => pod.metadata.name));
  store.modify('PodDisruptionBudget', budget.metadata, (draft) => {
    const disrupted = Object.entries(uncounted).filter(([name]) => names.has(name));
    draft.status = {
      ...budgetStatus(budget, counts, timestamp(now())),
      ...(disrupted.length === 0 ? {} : { disruptedPods: Object.fromEntries(disrupted) }),
    };
  });
}

/** The sum of what the pods' workloads ask for, each counted once. */
function wantedPods({ store }: ControllerContext, pods: readonly Pod[]): number {
  const wanted = new Map(pods.map((pod) => wantedByOwner(store, pod)));
  return [...wanted.values()].reduce((total, count) => total + count, 0);
}

/** The owner's uid and how many pods it wants; a pod without an owner wants itself. */
function wantedByOwner(store: ObjectStore, { metadata }: Pod): [string, number] {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
  if (owner === undefined) return [metadata.uid ?? '', 1];
  const kind = owner.kind === 'StatefulSet' ? 'StatefulSet' : 'ReplicaSet';
  const set = store.get(kind, { namespace: metadata.namespace, name: owner.name });
  return [owner.uid, set?.spec.replicas ?? 1];
}
