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
 * Changes the spec of an object of the platform as a person's mistake would. Lifting puts back each value that is still as the mistake
 * left it: what a step of the response has mended or changed meanwhile stays so.
 */
export function mistake<K extends Changeable>(
  store: ObjectStore,
  { kind, name, change }: Mistake<K>,
): Injected {
  const ref: Ref = { namespace: 'platform', name };
  const before = structuredClone(store.require(kind, ref).spec) as Record<string, unknown>;
  const after = store.modify(kind, ref, (draft) => change(draft.spec)).spec as Record<string, unknown>;
  const changed = fieldsThatDiffer(before, after);
  return {
    subject: `${kind.toLowerCase()}/${name}`,
    done: { changed },
    lift() {
      const now = store.get(kind, ref)?.spec as Record<string, unknown> | undefined;
      const mended = withoutMistake({ before, after, now }) as typeof now;
      const restored = now === undefined || mended === undefined ? [] : fieldsThatDiffer(now, mended);
      if (restored.length === 0) return { note: 'nothing to undo: it was mended meanwhile' };
      store.modify(kind, ref, (draft) => {
        draft.spec = structuredClone(mended) as KindMap[K]['spec'];
      });
      return { restored };
    },
  };
}

type Fields = Record<string, unknown>;

function fieldsThatDiffer(one: Fields, other: Fields): string[] {
  const all = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...all].filter((field) => !isDeepStrictEqual(one[field], other[field]));
}

interface Versions {
  before: unknown;
  after: unknown;
  now: unknown;
}

/** What is now, with every value that only the mistake has changed as it was before. */
function withoutMistake({ before, after, now }: Versions): unknown {
  if (isDeepStrictEqual(before, after)) return now;
  if (isDeepStrictEqual(now, after)) return before;
  if (!areAlike([before, after, now])) return now;
  const [old, made, held] = [before, after, now] as [Fields, Fields, Fields];
  const entries = Object.keys({ ...old, ...held }).map((key): [string, unknown] => [
    key,
    withoutMistake({ before: old[key], after: made[key], now: held[key] }),
  ]);
  if (Array.isArray(now)) return entries.map(([, value]) => value);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Objects, or lists of one length: what can be looked at part by part. */
function areAlike(all: readonly unknown[]): boolean {
  const lengths = new Set(all.map((one) => (Array.isArray(one) ? one.length : -1)));
  return lengths.size === 1 && all.every((one) => typeof one === 'object' && one !== null);
}
