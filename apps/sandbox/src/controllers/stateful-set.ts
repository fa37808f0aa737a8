import type { Pod, StatefulSet } from '#store';
import { planStatefulSet, type OrdinalPod } from './plan-stateful-set.ts';
import { isFinished, isReady, isTerminating } from './pod-facts.ts';
import { keyOf, ownerKeys, refOf, ReconcileQueue, say, type ControllerContext } from './reconcile-queue.ts';
import { podFrom } from './replica-set.ts';
import { templateHash } from './template-hash.ts';

const COMPONENT = 'statefulset-controller';
const REVISION_LABEL = 'controller-revision-hash';

/** Keeps the numbered pods of each StatefulSet: ordered creation, removal and rolling restart. */
export function startStatefulSetController(context: ControllerContext): () => void {
  const queue: ReconcileQueue = new ReconcileQueue(context, COMPONENT, (key) => reconcile(context, key))
    .on('StatefulSet', (set) => [keyOf(set)])
    .on('Pod', (pod) => ownerKeys(pod, 'StatefulSet'));
  return () => queue.stop();
}

function reconcile(context: ControllerContext, key: string): void {
  const set = context.store.get('StatefulSet', refOf(key));
  if (set === undefined) return;
  const updateRevision = `${set.metadata.name}-${templateHash(set.spec.template)}`;
  rememberRevision(context, set, updateRevision);
  const moves = planStatefulSet({
    replicas: set.spec.replicas ?? 1,
    pods: ownedPods(context, set).map(toOrdinalPod),
    updateRevision,
    partition: set.spec.updateStrategy?.rollingUpdate?.partition ?? 0,
    rolling: set.spec.updateStrategy?.type !== 'OnDelete',
    parallel: set.spec.podManagementPolicy === 'Parallel',
  });
  for (const ordinal of moves.create) createPod(context, set, { ordinal, revision: updateRevision });
  for (const ordinal of moves.delete) deletePod(context, set, ordinal);
  postStatus(context, set, updateRevision);
}

function ownedPods({ store }: ControllerContext, set: StatefulSet): Pod[] {
  const { namespace, uid } = set.metadata;
  return store
    .list('Pod', { namespace })
    .filter((pod) => pod.metadata.ownerReferences?.some((owner) => owner.uid === uid));
}

function toOrdinalPod(pod: Pod): OrdinalPod {
  return {
    ordinal: Number(/-(\d+)$/.exec(pod.metadata.name)?.[1]),
    revision: pod.metadata.labels?.[REVISION_LABEL] ?? '',
    ready: isReady(pod),
    terminating: isTerminating(pod),
    finished: isFinished(pod),
  };
}

function rememberRevision({ store }: ControllerContext, set: StatefulSet, name: string): void {
  const { namespace, uid = '' } = set.metadata;
  if (store.get('ControllerRevision', { namespace, name }) !== undefined) return;
  const known = store
    .list('ControllerRevision', { namespace })
    .filter(({ metadata }) => metadata.ownerReferences?.some((o) => o.uid === uid));
  const owner = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    name: set.metadata.name,
    uid,
    controller: true,
    blockOwnerDeletion: true,
  };
  store.create('ControllerRevision', {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      labels: { ...set.spec.template.metadata?.labels },
      ownerReferences: [owner],
    },
    revision: Math.max(0, ...known.map(({ revision }) => revision)) + 1,
    data: { spec: { template: { ...set.spec.template, $patch: 'replace' } } },
  });
}

function createPod(
  context: ControllerContext,
  set: StatefulSet,
  { ordinal, revision }: { ordinal: number; revision: string },
): void {
  const name = `${set.metadata.name}-${ordinal}`;
  const labels = {
    'apps.kubernetes.io/pod-index': String(ordinal),
    [REVISION_LABEL]: revision,
    'statefulset.kubernetes.io/pod-name': name,
  };
  const pod = podFrom(set, set.spec.template, { name, labels });
  const claims = claimNames(set).map((claim) => {
    const claimName = `${claim}-${name}`;
    createClaim(context, set, claimName);
    return { name: claim, persistentVolumeClaim: { claimName } };
  });
  pod.spec.volumes = [...(pod.spec.volumes ?? []), ...claims];
  pod.spec.hostname = name;
  if (set.spec.serviceName !== undefined) pod.spec.subdomain = set.spec.serviceName;
  context.store.create('Pod', pod);
  const message = `create Pod ${name} in StatefulSet ${set.metadata.name} successful`;
  say(context, { involved: set, reason: 'SuccessfulCreate', message, component: COMPONENT });
}

function claimNames(set: StatefulSet): string[] {
  const templates = (set.spec.volumeClaimTemplates ?? []) as { metadata?: { name?: string } }[];
  return templates.map((template) => template.metadata?.name ?? 'data');
}

function createClaim({ store }: ControllerContext, set: StatefulSet, name: string): void {
  const { namespace = 'default' } = set.metadata;
  if (store.get('PersistentVolumeClaim', { namespace, name }) !== undefined) return;
  const [template] = (set.spec.volumeClaimTemplates ?? []) as { spec?: unknown }[];
  store.create('PersistentVolumeClaim', {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace, labels: { ...set.spec.selector.matchLabels } },
    spec: template?.spec,
    status: { phase: 'Bound' },
  });
}

function deletePod(context: ControllerContext, set: StatefulSet, ordinal: number): void {
  const name = `${set.metadata.name}-${ordinal}`;
  context.store.delete('Pod', { namespace: set.metadata.namespace, name });
  const message = `delete Pod ${name} in StatefulSet ${set.metadata.name} successful`;
  say(context, { involved: set, reason: 'SuccessfulDelete', message, component: COMPONENT });
}

function postStatus(context: ControllerContext, set: StatefulSet, updateRevision: string): void {
  const pods = ownedPods(context, set).filter((pod) => !isTerminating(pod));
  const updated = pods.filter((pod) => pod.metadata.labels?.[REVISION_LABEL] === updateRevision);
  const done = updated.length === (set.spec.replicas ?? 1) && updated.every(isReady);
  const currentRevision = done ? updateRevision : (set.status?.currentRevision ?? updateRevision);
  const ready = pods.filter(isReady).length;
  context.store.modify('StatefulSet', set.metadata, (draft) => {
    draft.status = {
      observedGeneration: set.metadata.generation ?? 0,
      replicas: pods.length,
      readyReplicas: ready,
      availableReplicas: ready,
      currentReplicas: pods.filter((pod) => pod.metadata.labels?.[REVISION_LABEL] === currentRevision).length,
      updatedReplicas: updated.length,
      currentRevision,
      updateRevision,
      collisionCount: 0,
    };
  });
}
