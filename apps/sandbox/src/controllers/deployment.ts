import { timestamp, type Deployment, type ReplicaSet } from '#store';
import { annotateRevision, createCurrent, revisionsOf, trimHistory } from './deployment-revisions.ts';
import { deadlineLeftMs, deploymentStatus, isComplete } from './deployment-status.ts';
import { planRollout, podCount, type RolloutSet } from './plan-rollout.ts';
import { isTerminating } from './pod-facts.ts';
import { keyOf, ownerKeys, refOf, ReconcileQueue, say, type ControllerContext } from './reconcile-queue.ts';

const COMPONENT = 'deployment-controller';

/** Rolls Deployments out over ReplicaSets: revisions, surge and unavailability, progress deadline, conditions. */
export function startDeploymentController(context: ControllerContext): () => void {
  const queue: ReconcileQueue = new ReconcileQueue(context, COMPONENT, (key) =>
    reconcile(context, queue, key),
  )
    .on('Deployment', (deployment) => [keyOf(deployment)])
    .on('ReplicaSet', (set) => ownerKeys(set, 'Deployment'))
    .on('Pod', (pod) => recreateKeys(context, pod.metadata.namespace));
  return () => queue.stop();
}

/** Only Recreate waits for pods to be gone; a ReplicaSet's own counts do not show those that are ending. */
function recreateKeys({ store }: ControllerContext, namespace: string | undefined): string[] {
  const all = store.list('Deployment', { namespace });
  return all.filter((deployment) => deployment.spec.strategy?.type === 'Recreate').map(keyOf);
}

function reconcile(context: ControllerContext, queue: ReconcileQueue, key: string): void {
  const deployment = context.store.get('Deployment', refOf(key));
  if (deployment === undefined) return;
  const sizes = sizesOf(deployment);
  const { current: found, old } = revisionsOf(context, deployment);
  if (found === undefined && deployment.spec.paused === true)
    return postStatus(context, deployment, old[0], false);
  const current = found ?? createCurrent(context, deployment);
  annotateRevision(
    context,
    deployment,
    { current, old },
    { desired: sizes.replicas, max: sizes.replicas + sizes.maxSurge },
  );
  if (deployment.spec.paused !== true) rollOn(context, deployment, { current, old });
  postStatus(context, context.store.require('Deployment', deployment.metadata), current, found === undefined);
  settle(context, queue, key, old);
}

/** Trims history after a finished rollout, else wakes up when its deadline has passed. */
function settle(
  context: ControllerContext,
  queue: ReconcileQueue,
  key: string,
  old: readonly ReplicaSet[],
): void {
  const deployment = context.store.require('Deployment', refOf(key));
  if (deployment.status !== undefined && isComplete(deployment, deployment.status))
    trimHistory(context, deployment, old);
  const leftMs = deadlineLeftMs(deployment, timestamp(context.now()));
  if (leftMs > 0 && Number.isFinite(leftMs)) queue.addAfter(key, leftMs + 1_000);
}

function sizesOf({ spec }: Deployment): { replicas: number; maxSurge: number; maxUnavailable: number } {
  const replicas = spec.replicas ?? 1;
  const rolling = spec.strategy?.rollingUpdate ?? {};
  const maxSurge = spec.strategy?.type === 'Recreate' ? 0 : podCount(rolling.maxSurge, replicas, 'up');
  const missing = podCount(rolling.maxUnavailable, replicas, 'down');
  return { replicas, maxSurge, maxUnavailable: maxSurge === 0 && missing === 0 ? 1 : missing };
}

function rollOn(
  context: ControllerContext,
  deployment: Deployment,
  { current, old }: { current: ReplicaSet; old: readonly ReplicaSet[] },
): void {
  const plan = planRollout({
    strategy: deployment.spec.strategy?.type === 'Recreate' ? 'Recreate' : 'RollingUpdate',
    ...sizesOf(deployment),
    current: toRolloutSet(current),
    old: old.map(toRolloutSet),
    oldTerminating: countTerminating(context, old),
  });
  for (const { name, from, to } of plan) {
    context.store.modify('ReplicaSet', { namespace: deployment.metadata.namespace, name }, (draft) => {
      draft.spec.replicas = to;
    });
    const message = `Scaled ${to > from ? 'up' : 'down'} replica set ${name} from ${from} to ${to}`;
    say(context, { involved: deployment, reason: 'ScalingReplicaSet', message, component: COMPONENT });
  }
}

function toRolloutSet({ metadata, spec, status }: ReplicaSet): RolloutSet {
  return {
    name: metadata.name,
    size: spec.replicas ?? 0,
    available: status?.availableReplicas ?? 0,
    existing: status?.replicas ?? 0,
  };
}

function countTerminating({ store }: ControllerContext, sets: readonly ReplicaSet[]): number {
  const uids = new Set(sets.map((set) => set.metadata.uid));
  const [first] = sets;
  if (first === undefined) return 0;
  const pods = store.list('Pod', { namespace: first.metadata.namespace }).filter(isTerminating);
  return pods.filter((pod) => pod.metadata.ownerReferences?.some(({ uid }) => uids.has(uid))).length;
}

function postStatus(
  context: ControllerContext,
  deployment: Deployment,
  current: ReplicaSet | undefined,
  created: boolean,
): void {
  if (current === undefined) return;
  const { current: fresh, old } = revisionsOf(context, deployment);
  const { replicas, maxUnavailable } = sizesOf(deployment);
  const status = deploymentStatus({
    deployment,
    current: fresh ?? current,
    all: fresh === undefined ? old : [...old, fresh],
    minAvailable: replicas - maxUnavailable,
    now: timestamp(context.now()),
    created,
  });
  context.store.modify('Deployment', deployment.metadata, (draft) => {
    draft.status = { ...draft.status, ...status };
    if (status.unavailableReplicas === undefined) delete draft.status.unavailableReplicas;
  });
}
