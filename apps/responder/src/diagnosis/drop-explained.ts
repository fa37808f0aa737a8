import type { CaseFile } from './case-file.ts';
import { dependencies, type Dependency } from './dependencies.ts';
import type { CauseId } from './diagnosis.ts';
import { heldFrom, type Finding } from './scenario.ts';

/** True when `cause` brings about `other` by itself, so that this is not named as a cause of its own. */
type Explains = (cause: Finding, other: Finding, file: CaseFile) => boolean;

const aboutOf = (one: Finding): string => one.about ?? one.subject;
const sameAbout: Explains = (cause, other) => aboutOf(cause) === aboutOf(other);
const always: Explains = () => true;

function isOnNode({ pods }: Dependency, node: string): boolean {
  const placed = pods.filter((pod) => pod.nodeName !== null);
  return placed.length > 0 && placed.every((pod) => `node/${pod.nodeName}` === node);
}

/** A dependency whose pods all lie, or lay until they were evicted, on the node. */
const dependencyOnNode: Explains = (cause, other, file) =>
  dependencies(file).some((one) => one.subject === aboutOf(other) && isOnNode(one, cause.subject));

const newPodsFail: Partial<Record<CauseId, Explains>> = { 'rollout-stuck': always };
const aDependencyFails: Partial<Record<CauseId, Explains>> = {
  'network-partition': sameAbout,
  'database-connection-exhaustion': sameAbout,
  'dependency-slow': sameAbout,
  'crash-loop': sameAbout,
};

/** Cause -> what it explains, and when. */
const explains: Partial<Record<CauseId, Partial<Record<CauseId, Explains>>>> = {
  'dependency-down': aDependencyFails,
  'database-connection-exhaustion': {
    'tenant-errors': always,
    'dependency-slow': always,
    'crash-loop': sameAbout,
  },
  'network-partition': { 'tenant-errors': always, 'dependency-slow': sameAbout, 'crash-loop': sameAbout },
  'memory-exhaustion': { 'crash-loop': always, ...newPodsFail },
  'liveness-too-eager': { 'crash-loop': always, ...newPodsFail },
  'node-failure': {
    'network-partition': dependencyOnNode,
    'dependency-slow': dependencyOnNode,
    'dependency-down': dependencyOnNode,
  },
  'disk-pressure': { 'dependency-down': dependencyOnNode },
  'scaled-to-zero': { 'selector-mismatch': always },
  'selector-mismatch': { ...aDependencyFails, 'dependency-down': sameAbout },
  'port-mismatch': { ...aDependencyFails, 'dependency-down': sameAbout },
  'image-pull-failure': newPodsFail,
  'config-missing': newPodsFail,
  'crash-loop': newPodsFail,
  'quota-exceeded': newPodsFail,
  unschedulable: newPodsFail,
};

/** Causes that make healthy pods say that they are not ready. */
const starving: readonly CauseId[] = [
  'dependency-down',
  'database-connection-exhaustion',
  'network-partition',
  'dependency-slow',
  'rollout-stuck',
];

/** Surer than this, unreadiness has a proof of its own (the probe's path answers 4xx, or its port does not answer). */
const ownProofFrom = 0.7;

function isStarving(one: Finding, file: CaseFile): boolean {
  if (starving.includes(one.id) || one.about !== undefined) return true;
  return one.subject.startsWith('node/') && dependencies(file).some((its) => isOnNode(its, one.subject));
}

function isExplained(one: Finding, held: readonly Finding[], file: CaseFile): boolean {
  if (one.id === 'readiness-failing' && one.confidence < ownProofFrom)
    return held.some((its) => isStarving(its, file));
  const isProven = held.some((its) => its.id === 'readiness-failing' && its.confidence >= ownProofFrom);
  if (one.id === 'rollout-stuck' && isProven) return true;
  return held.some((cause) => cause !== one && explains[cause.id]?.[one.id]?.(cause, one, file) === true);
}

/** Drops causes that another held cause explains: a missing dependency, a lost node, the reason why new pods do not start. */
export function dropExplained(found: readonly Finding[], file: CaseFile): readonly Finding[] {
  const held = found.filter((one) => one.confidence >= heldFrom);
  return found.filter((one) => !isExplained(one, held, file));
}
