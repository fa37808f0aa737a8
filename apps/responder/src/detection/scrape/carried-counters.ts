import type { Scrape } from './request-metrics.ts';

/**
 * A pod that missed one round keeps its last counters, so that nothing is lost when it answers again. One that was silent for
 * longer begins anew: what it counted meanwhile (requests given up on while it hung) is not of the present window.
 */
export function carriedCounters(before: Scrape | null, now: Scrape, living: ReadonlySet<string>): Scrape {
  const missedBefore = before?.missed ?? new Set<string>();
  const old = [...(before?.pods ?? [])].filter(
    ([name]) => living.has(name) && !now.pods.has(name) && !missedBefore.has(name),
  );
  return { ...now, pods: new Map([...old, ...now.pods]), missed: new Set(old.map(([name]) => name)) };
}
