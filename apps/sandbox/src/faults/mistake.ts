import { isDeepStrictEqual } from 'node:util';
import type { KindMap, ObjectStore, Ref } from '#store';
import type { Injected } from './fault-kind.ts';

type Changeable = 'Deployment' | 'StatefulSet' | 'Service';

/** Whose spec is changed, and how. */
export interface Mistake<K extends Changeable> {
  kind: K;
  name: string;
  change(spec: KindMap[K]['spec']): void;
}

/**
 * Changes the spec of an object of the platform as a person's mistake would. Lifting puts back each field of the spec that is still as
 * the mistake left it: what a step of the response has mended meanwhile stays mended.
 */
export function mistake<K extends Changeable>(
  store: ObjectStore,
  { kind, name, change }: Mistake<K>,
): Injected {
  const ref: Ref = { namespace: 'platform', name };
  const before = structuredClone(store.require(kind, ref).spec) as Record<string, unknown>;
  const after = store.modify(kind, ref, (draft) => change(draft.spec)).spec as Record<string, unknown>;
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (field) => !isDeepStrictEqual(before[field], after[field]),
  );
  return {
    subject: `${kind.toLowerCase()}/${name}`,
    done: { changed },
    lift() {
      const now = store.get(kind, ref)?.spec as Record<string, unknown> | undefined;
      const left = changed.filter((field) => isDeepStrictEqual(now?.[field], after[field]));
      if (now === undefined || left.length === 0) return { note: 'nothing to undo: it was mended meanwhile' };
      store.modify(kind, ref, (draft) => {
        const spec = draft.spec as Record<string, unknown>;
        for (const field of left) {
          if (before[field] === undefined) delete spec[field];
          else spec[field] = structuredClone(before[field]);
        }
      });
      return { restored: left };
    },
  };
}
