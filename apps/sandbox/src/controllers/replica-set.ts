import { ApiStatusError, timestamp } from '#store';
import type { Condition, ObjectMeta, PodTemplateSpec, Pod, ReplicaSet } from '#store';
import { chooseVictims } from './choose-victims.ts';
import { isActive, isAvailable, isReady } from './pod-facts.ts';
import { keyOf, ownerKeys, refOf, ReconcileQueue, say, type ControllerContext } from './reconcile-queue.ts';

const COMPONENT = 'replicaset-controller';
/** Kubernetes waits ever longer; nobody on a stage wants to. */
const REFUSED_RETRY_MS = 2_000;

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
  const refused = createPods(context, set, wanted - pods.length);
  for (const pod of chooseVictims(pods, pods.length - wanted)) {
    context.store.delete('Pod', pod.metadata);
    say(context, {
      involved: set,
      reason: 'SuccessfulDelete',
      message: `Deleted pod: ${pod.metadata.name}`,
      component: COMPONENT,
    });
  }
  postStatus(context, set, refused);
  if (refused !== undefined) queue.addAfter(key, REFUSED_RETRY_MS);
  const minReadySeconds = set.spec.minReadySeconds ?? 0;
  if (minReadySeconds > 0 && pods.some(isReady)) queue.addAfter(key, minReadySeconds * 1_000);
}

function ownedPods({ store }: ControllerContext, set: ReplicaSet): Pod[] {
  const { namespace, uid } = set.metadata;
  return store
    .list('Pod', { namespace })
    .filter((pod) => pod.metadata.ownerReferences?.some((owner) => owner.uid === uid));
}

/** Makes pods until the cluster refuses one, and says why it did. */
function createPods(context: ControllerContext, set: ReplicaSet, missing: number): string | undefined {
  for (let n = 0; n < missing; n++) {
    try {
      createPod(context, set);
    } catch (error) {
      if (!(error instanceof ApiStatusError) || error.code !== 403) throw error;
      const message = `Error creating: ${error.message}`;
      say(context, { involved: set, type: 'Warning', reason: 'FailedCreate', message, component: COMPONENT });
      return error.message;
    }
  }
  return undefined;
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

function failure(message: string, lastTransitionTime: string): Condition {
  return { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message, lastTransitionTime };
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

function postStatus(context: ControllerContext, set: ReplicaSet, refused: string | undefined): void {
  const pods = ownedPods(context, set).filter(isActive);
  const available = pods.filter((pod) => isAvailable(pod, set.spec.minReadySeconds ?? 0, context.now()));
  context.store.modify('ReplicaSet', set.metadata, (draft) => {
    const since = draft.status?.conditions?.[0]?.lastTransitionTime ?? timestamp(context.now());
    draft.status = {
      replicas: pods.length,
      fullyLabeledReplicas: pods.length,
      readyReplicas: pods.filter(isReady).length,
      availableReplicas: available.length,
      observedGeneration: set.metadata.generation ?? 0,
      ...(refused === undefined ? {} : { conditions: [failure(refused, since)] }),
    };
  });
}
