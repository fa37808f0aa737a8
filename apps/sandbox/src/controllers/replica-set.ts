import type { ObjectMeta, PodTemplateSpec, Pod, ReplicaSet } from '#store';
import { chooseVictims } from './choose-victims.ts';
import { isActive, isAvailable, isReady } from './pod-facts.ts';
import { keyOf, ownerKeys, refOf, ReconcileQueue, say, type ControllerContext } from './reconcile-queue.ts';

const COMPONENT = 'replicaset-controller';

/** Keeps as many pods as each ReplicaSet asks for; pods on their way out are replaced at once. */
export function startReplicaSetController(context: ControllerContext): () => void {
  const queue: ReconcileQueue = new ReconcileQueue(context, COMPONENT, (key) =>
    reconcile(context, queue, key),
  )
    .on('ReplicaSet', (set) => [keyOf(set)])
    .on('Pod', (pod) => ownerKeys(pod, 'ReplicaSet'));
  return () => queue.stop();
}

function reconcile(context: ControllerContext, queue: ReconcileQueue, key: string): void {
  const set = context.store.get('ReplicaSet', refOf(key));
  if (set === undefined) return;
  const wanted = set.spec.replicas ?? 1;
  const pods = ownedPods(context, set).filter(isActive);
  for (let missing = wanted - pods.length; missing > 0; missing--) createPod(context, set);
  for (const pod of chooseVictims(pods, pods.length - wanted)) {
    context.store.delete('Pod', pod.metadata);
    say(context, {
      involved: set,
      reason: 'SuccessfulDelete',
      message: `Deleted pod: ${pod.metadata.name}`,
      component: COMPONENT,
    });
  }
  postStatus(context, set);
  const minReadySeconds = set.spec.minReadySeconds ?? 0;
  if (minReadySeconds > 0 && pods.some(isReady)) queue.addAfter(key, minReadySeconds * 1_000);
}

function ownedPods({ store }: ControllerContext, set: ReplicaSet): Pod[] {
  const { namespace, uid } = set.metadata;
  return store
    .list('Pod', { namespace })
    .filter((pod) => pod.metadata.ownerReferences?.some((owner) => owner.uid === uid));
}

function createPod(context: ControllerContext, set: ReplicaSet): void {
  const pod = context.store.create(
    'Pod',
    podFrom(set, set.spec.template, { generateName: `${set.metadata.name}-` }),
  );
  say(context, {
    involved: set,
    reason: 'SuccessfulCreate',
    message: `Created pod: ${pod.metadata.name}`,
    component: COMPONENT,
  });
}

/** A pod of a workload's template, owned by the workload. */
export function podFrom(
  owner: { apiVersion: string; kind: string; metadata: ObjectMeta },
  template: PodTemplateSpec,
  metadata: Partial<ObjectMeta>,
): { apiVersion: string; kind: 'Pod'; metadata: Partial<ObjectMeta>; spec: Pod['spec'] } {
  const { apiVersion, kind } = owner;
  const { name, uid = '', namespace = 'default' } = owner.metadata;
  const { labels, annotations } = template.metadata ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...metadata,
      namespace,
      labels: { ...labels, ...metadata.labels },
      ...(annotations === undefined ? {} : { annotations: { ...annotations } }),
      ownerReferences: [{ apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true }],
    },
    spec: structuredClone(template.spec),
  };
}

function postStatus(context: ControllerContext, set: ReplicaSet): void {
  const pods = ownedPods(context, set).filter(isActive);
  const available = pods.filter((pod) => isAvailable(pod, set.spec.minReadySeconds ?? 0, context.now()));
  context.store.modify('ReplicaSet', set.metadata, (draft) => {
    draft.status = {
      replicas: pods.length,
      fullyLabeledReplicas: pods.length,
      readyReplicas: pods.filter(isReady).length,
      availableReplicas: available.length,
      observedGeneration: set.metadata.generation ?? 0,
    };
  });
}
