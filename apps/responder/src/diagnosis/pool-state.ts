import type { CaseFile } from './case-file.ts';

/** What the service's connection pools say over the last 20 s. */
export interface PoolState {
  /** Every newest look found at least one pod with all connections lent and requests waiting. */
  readonly starved: boolean;
  /** More than half of the connections were lent in most looks. */
  readonly busy: boolean;
  readonly words: readonly string[];
}

const freshMs = 20_000;

/** Reads the pool gauges of the newest rounds; without any, nothing is starved or busy. */
export function poolState({ facts }: CaseFile): PoolState {
  const rounds = facts.metrics.filter((row) => row.to > facts.at - freshMs && row.pools.length > 0);
  const full = (row: (typeof rounds)[number]) =>
    row.pools.filter((one) => one.waiting > 0 && one.inUse >= one.size);
  const share = rounds.map((row) => {
    const size = row.pools.reduce((sum, one) => sum + one.size, 0);
    return size === 0 ? 0 : row.pools.reduce((sum, one) => sum + one.inUse, 0) / size;
  });
  const newest = rounds.at(-1);
  return {
    starved: rounds.length >= 2 && rounds.slice(-2).every((row) => full(row).length > 0),
    busy: rounds.length >= 2 && share.filter((one) => one > 0.5).length * 2 > rounds.length,
    words: (newest === undefined ? [] : full(newest)).map(
      (one) => `${one.pod}: all ${one.size} pooled connections lent, ${one.waiting} requests wait`,
    ),
  };
}
