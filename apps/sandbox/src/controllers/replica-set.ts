import { ApiStatusError, controlledBy, dated, isReady, ownedBy } from '#store';
import type { Condition, KubeObject, ObjectMeta, PodTemplateSpec, Pod, ReplicaSet } from '#store';
import { chooseVictims } from './choose-victims.ts';
import { Controller, ownersOf, type ControllerContext } from './controller.ts';
import { isActive } from './pod-facts.ts';

/** Kubernetes waits ever longer; nobody on a stage wants to. */
const REFUSED_RETRY_MS = 2_000;

/** Keeps as many pods as each ReplicaSet asks for; pods on their way out are replaced at once. */
export function startReplicaSetController(context: ControllerContext): Controller {
  return new Controller(context, 'replicaset-controller', (controller, ref) => {
    const set = controller.store.get('ReplicaSet', ref);
    if (set !== undefined) reconcile(controller, set);
  })
    .on('ReplicaSet', ({ metadata }) => [metadata])
    .on('Pod', (pod) => ownersOf(pod, 'ReplicaSet'));
}

function reconcile(controller: Controller, set: ReplicaSet): void {
  const { store } = controller;
  const wanted = set.spec.replicas ?? 1;
  const pods = ownedBy(store, 'Pod', set).filter(isActive);
  const refused = createPods(controller, set, wanted - pods.length);
  for (const pod of chooseVictims(pods, pods.length - wanted)) {
    store.delete('Pod', pod.metadata);
    controller.say(set, 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`);
  }
  postStatus(controller, set, refused);
  if (refused !== undefined) controller.addAfter(set.metadata, REFUSED_RETRY_MS);
}

/** Makes pods until the cluster refuses one, and says why it did. */
function createPods(controller: Controller, set: ReplicaSet, missing: number): string | undefined {
  for (let n = 0; n < missing; n++) {
    try {
      const metadata = { generateName: `${set.metadata.name}-` };
      const pod = controller.store.create('Pod', podFrom(set, set.spec.template, metadata));
      controller.say(set, 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`);
    } catch (error) {
      if (!(error instanceof ApiStatusError) || error.code !== 403) throw error;
      controller.say(set, 'FailedCreate', `Error creating: ${error.message}`, 'Warning');
      return error.message;
    }
  }
  return undefined;
}

/** A pod of a workload's template, owned by the workload. */
export function podFrom(
  owner: KubeObject,
  template: PodTemplateSpec,
  metadata: Partial<ObjectMeta>,
): { apiVersion: string; kind: 'Pod'; metadata: Partial<ObjectMeta>; spec: Pod['spec'] } {
  const { labels, annotations } = template.metadata ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...metadata,
      namespace: owner.metadata.namespace,
      labels: { ...labels, ...metadata.labels },
      annotations,
      ownerReferences: controlledBy(owner),
    },
    spec: structuredClone(template.spec),
  };
}

function postStatus(controller: Controller, set: ReplicaSet, refused: string | undefined): void {
  const pods = ownedBy(controller.store, 'Pod', set).filter(isActive);
  const ready = pods.filter(isReady).length;
  const failure = (message: string): Condition => {
    const condition = { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message } as const;
    return dated(condition, set.status?.conditions ?? [], controller.nowText());
  };
  controller.store.modify('ReplicaSet', set.metadata, (draft) => {
    draft.status = {
      replicas: pods.length,
      fullyLabeledReplicas: pods.length,
      readyReplicas: ready,
      availableReplicas: ready,
      observedGeneration: set.metadata.generation ?? 0,
      conditions: refused === undefined ? undefined : [failure(refused)],
    };
  });
}
