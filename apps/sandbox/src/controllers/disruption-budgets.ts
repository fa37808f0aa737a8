import { controllerOf, isReady, matchesSelector, type ObjectStore, type Pod } from '#store';
import type { PodDisruptionBudget } from '#store';
import { budgetStatus } from './budget-status.ts';
import { Controller, type ControllerContext } from './controller.ts';
import { isFinished, isTerminating } from './pod-facts.ts';

/** Keeps the status of each PodDisruptionBudget; evictions are decided by it. */
export function startDisruptionBudgetController(context: ControllerContext): Controller {
  const { store } = context;
  return new Controller(context, 'controllermanager', (controller, ref) => {
    const budget = store.get('PodDisruptionBudget', ref);
    if (budget !== undefined) reconcile(controller, budget);
  })
    .on('PodDisruptionBudget', ({ metadata }) => [metadata])
    .on('Pod', ({ metadata: { namespace } }) =>
      store.list('PodDisruptionBudget', { namespace }).map(({ metadata }) => metadata),
    );
}

function reconcile(controller: Controller, budget: PodDisruptionBudget): void {
  const { store } = controller;
  const pods = store
    .list('Pod', { namespace: budget.metadata.namespace })
    .filter((pod) => matchesSelector(pod.metadata.labels, budget.spec.selector) && !isFinished(pod));
  if (pods.length === 0 && budget.status?.expectedPods !== 0)
    controller.say(budget, 'NoPods', 'No matching pods found');
  const uncounted = budget.status?.disruptedPods ?? {};
  const staying = pods.filter((pod) => !isTerminating(pod));
  const healthy = staying.filter((pod) => isReady(pod) && uncounted[pod.metadata.name] === undefined);
  const counts = { healthy: healthy.length, expected: wantedPods(store, pods), total: pods.length };
  const names = new Set(staying.map(({ metadata }) => metadata.name));
  const disrupted = Object.entries(uncounted).filter(([name]) => names.has(name));
  store.modify('PodDisruptionBudget', budget.metadata, (draft) => {
    draft.status = budgetStatus(budget, counts, controller.nowText());
    if (disrupted.length > 0) draft.status.disruptedPods = Object.fromEntries(disrupted);
  });
}

/** The sum of what the pods' workloads ask for, each counted once. */
function wantedPods(store: ObjectStore, pods: readonly Pod[]): number {
  const wanted = new Map(pods.map((pod) => wantedByOwner(store, pod)));
  return [...wanted.values()].reduce((total, count) => total + count, 0);
}

/** The owner's uid and how many pods it wants; a pod without an owner wants itself. */
function wantedByOwner(store: ObjectStore, pod: Pod): [string, number] {
  const owner = controllerOf(pod);
  const { namespace, uid = '' } = pod.metadata;
  if (owner === undefined) return [uid, 1];
  const kind = owner.kind === 'StatefulSet' ? 'StatefulSet' : 'ReplicaSet';
  const set = store.get(kind, { namespace, name: owner.name });
  return [owner.uid, set?.spec.replicas ?? 1];
}
