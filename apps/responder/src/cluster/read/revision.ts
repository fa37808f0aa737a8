import type { EpochMs } from '#facts';
import { toEpochMs, type WireMeta } from '../map/object-shape.ts';

/** One revision of a Deployment, as the ReplicaSet that stands for it says. */
export interface Revision {
  readonly number: number;
  /** When a revision with this template was first rolled out. */
  readonly createdAt: EpochMs;
  /** The pod template without what a restart puts on it: equal for two revisions that run the same. */
  readonly template: string;
  /** The pod template as a Deployment would carry it. */
  readonly podTemplate: object;
}

interface WireTemplate {
  readonly metadata?: { readonly labels?: object; readonly annotations?: object };
  readonly spec?: object;
}

export interface WireReplicaSet {
  readonly metadata: WireMeta;
  readonly spec?: { readonly template?: WireTemplate };
}

/** Put on a template by `kubectl rollout restart`, and by the controller of Deployments. */
const notOfTheRelease = new Set(['kubectl.kubernetes.io/restartedAt', 'pod-template-hash']);

function without(named: object = {}): object {
  return Object.fromEntries(
    Object.entries(named)
      .filter(([name]) => !notOfTheRelease.has(name))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The revision that a ReplicaSet of the Deployment stands for; null when it is of another owner, or has none. */
export function revision({ metadata, spec = {} }: WireReplicaSet, deployment: string): Revision | null {
  const owned = metadata.ownerReferences?.some(
    (one) => one.kind === 'Deployment' && one.name === deployment && one.controller === true,
  );
  const number = Number(metadata.annotations?.['deployment.kubernetes.io/revision']);
  if (owned !== true || !Number.isInteger(number)) return null;
  const { metadata: labelled = {}, spec: pod } = spec.template ?? {};
  const template = JSON.stringify([without(labelled.labels), without(labelled.annotations), pod]);
  const { 'pod-template-hash': _hash, ...labels } = { ...labelled.labels } as Record<string, unknown>;
  const podTemplate = { metadata: { ...labelled, labels }, spec: pod };
  return { number, createdAt: toEpochMs(metadata.creationTimestamp) ?? 0, template, podTemplate };
}
