import type { Kind, KindMap, NewObject, ObjectStore } from '#store';

/** Creates an object of the platform that does harm. Returns what takes it back, and says so when it is gone already. */
export function planted<K extends Kind>(
  store: ObjectStore,
  kind: K,
  object: NewObject<KindMap[K]>,
): () => Record<string, unknown> {
  const { metadata } = store.create(kind, object);
  const what = `${kind.toLowerCase()}/${metadata.name}`;
  return () => {
    if (store.get(kind, metadata) === undefined) return { note: `nothing to undo: ${what} is gone` };
    store.delete(kind, metadata);
    return { deleted: what };
  };
}
