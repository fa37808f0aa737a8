import { controlledBy, isReady, ownedBy, type ObjectStore, type Pod, type StatefulSet } from '#store';
import { Controller, ownersOf, type ControllerContext } from './controller.ts';
import { planStatefulSet, type OrdinalPod } from './plan-stateful-set.ts';
import { isFinished, isTerminating } from './pod-facts.ts';
import { podFrom } from './replica-set.ts';
import { templateHash } from './template-hash.ts';

const REVISION_LABEL = 'controller-revision-hash';

/** Keeps the numbered pods of each StatefulSet: ordered creation, removal and rolling restart. */
export function startStatefulSetController(context: ControllerContext): Controller {
  return new Controller(context, 'statefulset-controller', (controller, ref) => {
    const set = controller.store.get('StatefulSet', ref);
    if (set !== undefined) reconcile(controller, set);
  })
    .on('StatefulSet', ({ metadata }) => [metadata])
    .on('Pod', (pod) => ownersOf(pod, 'StatefulSet'));
}

function reconcile(controller: Controller, set: StatefulSet): void {
  const { store } = controller;
  const updateRevision = `${set.metadata.name}-${templateHash(set.spec.template)}`;
  rememberRevision(store, set, updateRevision);
  const moves = planStatefulSet({
    replicas: set.spec.replicas ?? 1,
    pods: ownedBy(store, 'Pod', set).map(toOrdinalPod),
    updateRevision,
    partition: set.spec.updateStrategy?.rollingUpdate?.partition ?? 0,
    rolling: set.spec.updateStrategy?.type !== 'OnDelete',
    parallel: set.spec.podManagementPolicy === 'Parallel',
  });
  for (const ordinal of moves.create) createPod(controller, set, { ordinal, revision: updateRevision });
  for (const ordinal of moves.delete) deletePod(controller, set, ordinal);
  postStatus(store, set, updateRevision);
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

function rememberRevision(store: ObjectStore, set: StatefulSet, name: string): void {
  const { namespace } = set.metadata;
  if (store.get('ControllerRevision', { namespace, name }) !== undefined) return;
  const known = ownedBy(store, 'ControllerRevision', set);
  const { labels } = set.spec.template.metadata ?? {};
  store.create('ControllerRevision', {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: { name, namespace, labels, ownerReferences: controlledBy(set) },
    revision: Math.max(0, ...known.map(({ revision }) => revision)) + 1,
    data: { spec: { template: { ...set.spec.template, $patch: 'replace' } } },
  });
}

function createPod(
  controller: Controller,
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
    createClaim(controller.store, set, claimName);
    return { name: claim, persistentVolumeClaim: { claimName } };
  });
  pod.spec.volumes = [...(pod.spec.volumes ?? []), ...claims];
  pod.spec.hostname = name;
  pod.spec.subdomain = set.spec.serviceName;
  controller.store.create('Pod', pod);
  controller.say(
    set,
    'SuccessfulCreate',
    `create Pod ${name} in StatefulSet ${set.metadata.name} successful`,
  );
}

function claimNames(set: StatefulSet): string[] {
  const templates = (set.spec.volumeClaimTemplates ?? []) as { metadata?: { name?: string } }[];
  return templates.map((template) => template.metadata?.name ?? 'data');
}

function createClaim(store: ObjectStore, set: StatefulSet, name: string): void {
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

function deletePod(controller: Controller, set: StatefulSet, ordinal: number): void {
  const name = `${set.metadata.name}-${ordinal}`;
  controller.store.delete('Pod', { namespace: set.metadata.namespace, name });
  controller.say(
    set,
    'SuccessfulDelete',
    `delete Pod ${name} in StatefulSet ${set.metadata.name} successful`,
  );
}

function postStatus(store: ObjectStore, set: StatefulSet, updateRevision: string): void {
  const pods = ownedBy(store, 'Pod', set).filter((pod) => !isTerminating(pod));
  const ofRevision = (name: string) =>
    pods.filter(({ metadata }) => metadata.labels?.[REVISION_LABEL] === name);
  const updated = ofRevision(updateRevision);
  const done = updated.length === (set.spec.replicas ?? 1) && updated.every(isReady);
  const currentRevision = done ? updateRevision : (set.status?.currentRevision ?? updateRevision);
  const ready = pods.filter(isReady).length;
  store.modify('StatefulSet', set.metadata, (draft) => {
    draft.status = {
      observedGeneration: set.metadata.generation ?? 0,
      replicas: pods.length,
      readyReplicas: ready,
      availableReplicas: ready,
      currentReplicas: ofRevision(currentRevision).length,
      updatedReplicas: updated.length,
      currentRevision,
      updateRevision,
      collisionCount: 0,
    };
  });
}
