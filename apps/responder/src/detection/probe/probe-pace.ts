/** Most requests of one burst, however many tenants there are. */
const burstLimit = 100;
const burstEach = 10;

/**
 * Pause between two requests of one tenant to one target, milliseconds: the configured one while all tenants together stay
 * within `maxPerSecond` requests, longer when there are too many of them.
 */
export function laneIntervalMs(intervalMs: number, tenants: number, maxPerSecond: number): number {
  return Math.max(intervalMs, (1000 * tenants) / maxPerSecond);
}

/** Requests of a burst by lane: ten each, fewer when there are many, and of very many a random hundred one each. */
export function burstOf<T>(lanes: readonly T[], random: () => number = Math.random): readonly T[] {
  const each = Math.min(burstEach, Math.max(1, Math.floor(burstLimit / lanes.length)));
  const chosen =
    lanes.length <= burstLimit
      ? lanes
      : lanes
          .map((lane) => ({ lane, key: random() }))
          .toSorted((a, b) => a.key - b.key)
          .slice(0, burstLimit)
          .map(({ lane }) => lane);
  return chosen.flatMap((lane) => Array.from({ length: each }, () => lane));
}
