import type { Pair } from './pair-up.ts';

/**
 * The fewest pairs that must be lifted out so that the others keep their order: all but a longest increasing run.
 * `pairs` are in the order of the next document; `olds` gives the order before.
 */
export function movedPairs<T>(pairs: Pair<T>[], olds: T[]): Pair<T>[] {
  const placeOf = new Map(olds.map((item, index) => [item, index]));
  const places = pairs.map(({ old }) => placeOf.get(old) ?? 0);
  const kept = new Set(longestRise(places));
  return pairs.filter((_, index) => !kept.has(index));
}

/** Indices of a longest strictly increasing run of `values`, in O(n log n). */
function longestRise(values: number[]): number[] {
  const tails: number[] = [];
  const before: number[] = [];
  for (const [index, value] of values.entries()) {
    const length = firstNotBelow(tails, values, value);
    before[index] = length === 0 ? -1 : (tails[length - 1] ?? -1);
    tails[length] = index;
  }
  const run: number[] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) run.push(at);
  return run.toReversed();
}

function firstNotBelow(tails: number[], values: number[], value: number): number {
  let low = 0;
  let high = tails.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
