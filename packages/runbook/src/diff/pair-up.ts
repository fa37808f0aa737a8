import { piecesOf, similarity } from './similarity.ts';

/** What makes two items the same thing in two documents. */
export interface Likeness<T> {
  /** Exact keys, the surest first; null: the item has no such key. */
  keys: ((item: T) => string | null)[];
  /** Text whose likeness counts once no key matches. */
  text?: (item: T) => string;
  /** Keys that count when the text says nothing, the surer first. */
  lastKeys?: ((item: T) => string | null)[];
  /** Likeness of text, and standing in the same gap, count within a group only. */
  group?: (item: T) => string;
  /** True when what stands between the same neighbours takes the place of what stood there. */
  ordered?: boolean;
}

export interface Pair<T> {
  old: T;
  next: T;
}

/** Every item once: with its partner, or alone. Pairs are in the order of the next document. */
export interface Paired<T> {
  pairs: Pair<T>[];
  removed: T[];
  added: T[];
}

/** Pairs of indices found so far. */
interface Matching<T> {
  olds: T[];
  nexts: T[];
  nextOf: Map<number, number>;
  oldOf: Map<number, number>;
}

const ALIKE = 0.5;
/** More pairs than this are not compared by text: what has no exact key then counts as removed and added. */
const MOST_COMPARISONS = 40_000;

/** Finds for every item of `olds` the one of `nexts` that is the same thing, wherever it stands. */
export function pairUp<T>(olds: T[], nexts: T[], likeness: Likeness<T>): Paired<T> {
  const matching: Matching<T> = { olds, nexts, nextOf: new Map(), oldOf: new Map() };
  for (const key of likeness.keys) matchByKey(matching, key);
  matchByText(matching, likeness);
  for (const key of likeness.lastKeys ?? []) matchByKey(matching, key);
  if (likeness.ordered === true) matchByGap(matching, likeness);
  return resultOf(matching);
}

function match<T>(matching: Matching<T>, old: number, next: number): void {
  matching.nextOf.set(old, next);
  matching.oldOf.set(next, old);
}

function free(items: unknown[], taken: Map<number, number>): number[] {
  return [...items.keys()].filter((index) => !taken.has(index));
}

function matchByKey<T>(matching: Matching<T>, keyOf: (item: T) => string | null): void {
  const waiting = new Map<string, number[]>();
  for (const index of free(matching.olds, matching.nextOf)) {
    const key = keyOf(matching.olds[index] as T);
    if (key === null) continue;
    const queue = waiting.get(key);
    if (queue === undefined) waiting.set(key, [index]);
    else queue.push(index);
  }
  const taken = new Map<string, number>();
  for (const index of free(matching.nexts, matching.oldOf)) {
    const key = keyOf(matching.nexts[index] as T);
    if (key === null) continue;
    const place = taken.get(key) ?? 0;
    const old = waiting.get(key)?.[place];
    if (old === undefined) continue;
    taken.set(key, place + 1);
    match(matching, old, index);
  }
}

function matchByText<T>(matching: Matching<T>, { text, group }: Likeness<T>): void {
  if (text === undefined) return;
  const olds = free(matching.olds, matching.nextOf);
  const nexts = free(matching.nexts, matching.oldOf);
  if (olds.length * nexts.length > MOST_COMPARISONS) return;
  const describe = (items: T[]) => (index: number) => {
    const item = items[index] as T;
    return { index, group: group?.(item), pieces: piecesOf(text(item)) };
  };
  const candidates = nexts.map(describe(matching.nexts));
  const scored = olds.map(describe(matching.olds)).flatMap((old) =>
    candidates
      .filter((next) => next.group === old.group)
      .map((next) => ({ old: old.index, next: next.index, score: similarity(old.pieces, next.pieces) }))
      .filter(({ score }) => score >= ALIKE),
  );
  for (const { old, next } of scored.toSorted((a, b) => b.score - a.score || distance(a) - distance(b)))
    if (!matching.nextOf.has(old) && !matching.oldOf.has(next)) match(matching, old, next);
}

function matchByGap<T>(matching: Matching<T>, { group }: Likeness<T>): void {
  const olds = gapsOf(matching.olds, matching.nextOf, (old) => matching.nextOf.get(old), group);
  const nexts = gapsOf(matching.nexts, matching.oldOf, (next) => next, group);
  for (const [gap, inOld] of olds) {
    const inNext = nexts.get(gap) ?? [];
    if (inOld.length !== inNext.length) continue;
    for (const [place, old] of inOld.entries()) match(matching, old, inNext[place] as number);
  }
}

/** Free items by the gap they stand in: the anchors (indices of the next document) before and after it. */
function gapsOf<T>(
  items: T[],
  taken: Map<number, number>,
  anchorOf: (index: number) => number | undefined,
  group: ((item: T) => string) | undefined,
): Map<string, number[]> {
  const gaps = new Map<string, number[]>();
  let before: number | undefined;
  let open: number[] = [];
  const close = (after: number | undefined): void => {
    for (const index of open) {
      const gap = `${before ?? 'start'} ${after ?? 'end'} ${group?.(items[index] as T) ?? ''}`;
      const standing = gaps.get(gap);
      if (standing === undefined) gaps.set(gap, [index]);
      else standing.push(index);
    }
    open = [];
  };
  for (const index of items.keys()) {
    if (!taken.has(index)) {
      open.push(index);
      continue;
    }
    close(anchorOf(index));
    before = anchorOf(index);
  }
  close(undefined);
  return gaps;
}

function resultOf<T>({ olds, nexts, nextOf, oldOf }: Matching<T>): Paired<T> {
  const pairs = [...oldOf]
    .toSorted(([a], [b]) => a - b)
    .map(([next, old]) => ({ old: olds[old] as T, next: nexts[next] as T }));
  return {
    pairs,
    removed: free(olds, nextOf).map((index) => olds[index] as T),
    added: free(nexts, oldOf).map((index) => nexts[index] as T),
  };
}

function distance(pair: { old: number; next: number }): number {
  return Math.abs(pair.old - pair.next);
}
