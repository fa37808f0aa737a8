import { controlledBy, ownedBy, type Deployment, type ObjectStore, type ReplicaSet } from '#store';
import { templateHash } from './template-hash.ts';

const REVISION = 'deployment.kubernetes.io/revision';
const HISTORY = 'deployment.kubernetes.io/revision-history';
const DESIRED = 'deployment.kubernetes.io/desired-replicas';
const MAX = 'deployment.kubernetes.io/max-replicas';
const NOT_COPIED = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  HISTORY,
  DESIRED,
  MAX,
]);

/** The ReplicaSets of a Deployment: the one of its present template, and the others from the oldest on. */
export interface Revisions {
  current: ReplicaSet | undefined;
  old: ReplicaSet[];
}

/** Sorts the ReplicaSets that a Deployment owns. */
export function revisionsOf(store: ObjectStore, deployment: Deployment): Revisions {
  const owned = ownedBy(store, 'ReplicaSet', deployment).toSorted((a, b) => revision(a) - revision(b));
  const name = setName(deployment);
  return {
    current: owned.find((set) => set.metadata.name === name),
    old: owned.filter((set) => set.metadata.name !== name),
  };
}

/** The number of a ReplicaSet's revision, 0 before it has one. */
export function revision(set: ReplicaSet): number {
  return Number(set.metadata.annotations?.[REVISION] ?? 0);
}

function setName(deployment: Deployment): string {
  return `${deployment.metadata.name}-${templateHash(deployment.spec.template)}`;
}

/** Makes the ReplicaSet of the present template, without pods yet. */
export function createCurrent(store: ObjectStore, deployment: Deployment): ReplicaSet {
  const { namespace } = deployment.metadata;
  const { template, selector } = deployment.spec;
  const hash = { 'pod-template-hash': templateHash(template) };
  const labels = { ...template.metadata?.labels, ...hash };
  return store.create('ReplicaSet', {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: setName(deployment), namespace, labels, ownerReferences: controlledBy(deployment) },
    spec: {
      replicas: 0,
      selector: { ...selector, matchLabels: { ...selector.matchLabels, ...hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
  });
}

/** Numbers the current ReplicaSet above all others and writes the number on the Deployment too. */
export function annotateRevision(
  store: ObjectStore,
  deployment: Deployment,
  { current, old }: { current: ReplicaSet; old: readonly ReplicaSet[] },
  sizes: { desired: number; max: number },
): void {
  const highestOld = Math.max(0, ...old.map(revision));
  const number = String(Math.max(revision(current), highestOld + 1));
  const copied = Object.entries(deployment.metadata.annotations ?? {}).filter(
    ([key]) => !NOT_COPIED.has(key),
  );
  store.modify('ReplicaSet', current.metadata, (draft) => {
    const before = draft.metadata.annotations ?? {};
    const superseded = before[REVISION] !== undefined && before[REVISION] !== number;
    const history = superseded
      ? [before[HISTORY], before[REVISION]].filter(Boolean).join(',')
      : before[HISTORY];
    draft.metadata.annotations = {
      ...before,
      ...Object.fromEntries(copied),
      [DESIRED]: String(sizes.desired),
      [MAX]: String(sizes.max),
      [REVISION]: number,
      ...(history && { [HISTORY]: history }),
    };
  });
  store.modify('Deployment', deployment.metadata, (draft) => {
    draft.metadata.annotations = { ...draft.metadata.annotations, [REVISION]: number };
  });
}

/** Removes old ReplicaSets without pods beyond the history that the Deployment keeps. */
export function trimHistory(store: ObjectStore, deployment: Deployment, old: readonly ReplicaSet[]): void {
  const idle = old.filter((set) => set.spec.replicas === 0 && (set.status?.replicas ?? 0) === 0);
  const surplus = idle.length - (deployment.spec.revisionHistoryLimit ?? 10);
  for (const set of idle.slice(0, Math.max(0, surplus))) store.delete('ReplicaSet', set.metadata);
}
