import type { CauseId, Diagnosis } from './diagnosis.ts';
import { heldFrom } from './scenario.ts';

/** Cause -> what it brings about by itself, so that this is not named as a cause of its own. */
const explains: Partial<Record<CauseId, readonly CauseId[]>> = {
  'dependency-down': ['network-partition', 'database-connection-exhaustion'],
  'database-connection-exhaustion': ['tenant-errors'],
  'network-partition': ['tenant-errors'],
  'memory-exhaustion': ['crash-loop'],
  'liveness-too-eager': ['crash-loop'],
  'node-failure': ['network-partition'],
  'scaled-to-zero': ['selector-mismatch'],
  'image-pull-failure': ['config-missing'],
};

/** Causes that make healthy pods say that they are not ready, or make them give up at the start. */
const starving: readonly CauseId[] = [
  'dependency-down',
  'database-connection-exhaustion',
  'network-partition',
];

/** Surer than this, unreadiness has a proof of its own (the probe's path answers 4xx). */
const ownProofFrom = 0.7;

function isStarved(one: Diagnosis): boolean {
  return one.id === 'readiness-failing' && one.confidence < ownProofFrom;
}

/** Drops causes that another held cause explains. */
export function dropExplained(found: readonly Diagnosis[]): readonly Diagnosis[] {
  const held = found.filter((one) => one.confidence >= heldFrom);
  const explained = new Set(held.flatMap((one) => explains[one.id] ?? []));
  const starved = held.some((one) => starving.includes(one.id));
  return found.filter((one) => !explained.has(one.id) && !(starved && isStarved(one)));
}
