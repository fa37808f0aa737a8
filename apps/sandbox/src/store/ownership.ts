import type { OwnerReference } from 'kubernetes-types/meta/v1.d.ts';
import type { Kind, KindMap } from './kinds.ts';
import type { KubeObject } from './meta.ts';
import type { ObjectStore } from './object-store.ts';

/** What an object says of the one that controls it. */
export function controlledBy({ apiVersion, kind, metadata }: KubeObject): OwnerReference[] {
  const { name, uid = '' } = metadata;
  return [{ apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true }];
}

/** The one that controls an object, undefined when nobody does. */
export function controllerOf({ metadata }: KubeObject): OwnerReference | undefined {
  return metadata.ownerReferences?.find(({ controller }) => controller === true);
}

/** The objects of a kind that belong to an owner, ordered by name. */
export function ownedBy<K extends Kind>(store: ObjectStore, kind: K, owner: KubeObject): KindMap[K][] {
  const { namespace, uid } = owner.metadata;
  const all = store.list(kind, { namespace });
  return all.filter(({ metadata }) => metadata.ownerReferences?.some((one) => one.uid === uid));
}
