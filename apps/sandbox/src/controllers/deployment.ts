import { ownedBy, type Deployment, type ReplicaSet } from '#store';
import { Controller, ownersOf, type ControllerContext } from './controller.ts';
import { annotateRevision, createCurrent, revisionsOf, trimHistory } from './deployment-revisions.ts';
import { deadlineLeftMs, deploymentStatus, isComplete } from './deployment-status.ts';
import { planRollout, podCount, type RolloutSet } from './plan-rollout.ts';
import { isTerminating } from './pod-facts.ts';

/** Rolls Deployments out over ReplicaSets: revisions, surge and unavailability, progress deadline, conditions. */
export function startDeploymentController(context: ControllerContext): Controller {
  const { store } = context;
  return (
    new Controller(context, 'deployment-controller', (controller, ref) => {
      const deployment = store.get('Deployment', ref);
      if (deployment !== undefined) reconcile(controller, deployment);
    })
      .on('Deployment', ({ metadata }) => [metadata])
      .on('ReplicaSet', (set) => ownersOf(set, 'Deployment'))
      // Only Recreate waits for pods to be gone; a ReplicaSet's own counts do not show those that are ending.
      .on('Pod', ({ metadata: { namespace } }) =>
        store
          .list('Deployment', { namespace })
          .filter(({ spec }) => spec.strategy?.type === 'Recreate')
          .map(({ metadata }) => metadata),
      )
  );
}

function reconcile(controller: Controller, deployment: Deployment): void {
  const { store } = controller;
  const { current: found, old } = revisionsOf(store, deployment);
  const paused = deployment.spec.paused === true;
  if (found === undefined && paused) return postStatus(controller, deployment, old[0], false);
  const current = found ?? createCurrent(store, deployment);
  const { replicas, maxSurge } = sizesOf(deployment);
  annotateRevision(store, deployment, { current, old }, { desired: replicas, max: replicas + maxSurge });
  if (!paused) rollOn(controller, deployment, { current, old });
  const annotated = store.require('Deployment', deployment.metadata);
  postStatus(controller, annotated, current, found === undefined);
  settle(controller, store.require('Deployment', deployment.metadata), old);
}

/** Trims history after a finished rollout, else wakes up when its deadline has passed. */
function settle(controller: Controller, deployment: Deployment, old: readonly ReplicaSet[]): void {
  if (deployment.status !== undefined && isComplete(deployment, deployment.status))
    trimHistory(controller.store, deployment, old);
  const leftMs = deadlineLeftMs(deployment, controller.nowText());
  if (leftMs > 0 && Number.isFinite(leftMs)) controller.addAfter(deployment.metadata, leftMs + 1_000);
}

function sizesOf({ spec }: Deployment): { replicas: number; maxSurge: number; maxUnavailable: number } {
  const replicas = spec.replicas ?? 1;
  const rolling = spec.strategy?.rollingUpdate ?? {};
  const maxSurge = spec.strategy?.type === 'Recreate' ? 0 : podCount(rolling.maxSurge, replicas, 'up');
  const missing = podCount(rolling.maxUnavailable, replicas, 'down');
  return { replicas, maxSurge, maxUnavailable: maxSurge === 0 && missing === 0 ? 1 : missing };
}

function rollOn(
  controller: Controller,
  deployment: Deployment,
  { current, old }: { current: ReplicaSet; old: readonly ReplicaSet[] },
): void {
  const { store } = controller;
  const { namespace } = deployment.metadata;
  const ending = old.flatMap((set) => ownedBy(store, 'Pod', set)).filter(isTerminating);
  const plan = planRollout({
    strategy: deployment.spec.strategy?.type === 'Recreate' ? 'Recreate' : 'RollingUpdate',
    ...sizesOf(deployment),
    current: toRolloutSet(current),
    old: old.map(toRolloutSet),
    oldTerminating: ending.length,
  });
  for (const { name, from, to } of plan) {
    store.modify('ReplicaSet', { namespace, name }, (draft) => void (draft.spec.replicas = to));
    const message = `Scaled ${to > from ? 'up' : 'down'} replica set ${name} from ${from} to ${to}`;
    controller.say(deployment, 'ScalingReplicaSet', message);
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

function postStatus(
  controller: Controller,
  deployment: Deployment,
  current: ReplicaSet | undefined,
  created: boolean,
): void {
  if (current === undefined) return;
  const { store } = controller;
  const { current: fresh, old } = revisionsOf(store, deployment);
  const { replicas, maxUnavailable } = sizesOf(deployment);
  const status = deploymentStatus({
    deployment,
    current: fresh ?? current,
    all: fresh === undefined ? old : [...old, fresh],
    minAvailable: replicas - maxUnavailable,
    now: controller.nowText(),
    created,
  });
  store.modify('Deployment', deployment.metadata, (draft) => {
    draft.status = { ...draft.status, unavailableReplicas: undefined, ...status };
  });
}
