import { servicePods, type DirectRead, type Facts, type PodFact } from '#facts';
import { limits } from './limits.ts';

/** What the pods themselves answer, past the load balancer (class D). */
export interface DirectView {
  /** Pods that should serve and do not answer, or answer that they are not ready. */
  readonly failing: readonly PodFact[];
  /** Pods that failed at least twice in a row. */
  readonly failingTwice: readonly PodFact[];
  readonly answering: readonly PodFact[];
  /** Nodes whose pods all fell silent while pods elsewhere answer. */
  readonly silentNodes: readonly string[];
}

function isFine(read: DirectRead): boolean {
  return read.outcome === 'ok';
}

/** A pod that is being deleted, or has only just started, is not expected to answer. */
function isExpected(pod: PodFact, facts: Facts): boolean {
  if (pod.deletionAt !== null || pod.phase !== 'Running') return false;
  return pod.ready || facts.at - pod.createdAt > limits.startUpMs;
}

/** Newest first, by subject. */
function freshReads(facts: Facts): ReadonlyMap<string, readonly DirectRead[]> {
  const fresh = facts.directReads.filter((read) => read.at > facts.at - limits.freshMs);
  return Map.groupBy(
    fresh.toSorted((a, b) => b.at - a.at),
    (read) => read.subject,
  );
}

function findSilentNodes(rows: readonly { pod: PodFact; reads: readonly DirectRead[] }[]): readonly string[] {
  const nodes = new Map<string, boolean>();
  for (const { pod, reads } of rows) {
    const [newest] = reads;
    if (newest === undefined || pod.nodeName === null) continue;
    const silent = newest.outcome === 'timeout';
    nodes.set(pod.nodeName, (nodes.get(pod.nodeName) ?? true) && silent);
  }
  const silent = [...nodes].filter(([, is]) => is).map(([name]) => name);
  return silent.length < nodes.size ? silent : [];
}

/** Sorts the pods of the service by what they last answered directly; older reads than 15 s do not count. */
export function directView(facts: Facts): DirectView {
  const fresh = freshReads(facts);
  const rows = servicePods(facts)
    .filter((pod) => isExpected(pod, facts))
    .map((pod) => ({ pod, reads: fresh.get(`pod/${pod.name}`) ?? [] }));
  const failing = rows.filter(({ reads }) => reads[0] !== undefined && !isFine(reads[0]));
  const twice = failing.filter(({ reads }) => reads[1] !== undefined && !isFine(reads[1]));
  return {
    failing: failing.map(({ pod }) => pod),
    failingTwice: twice.map(({ pod }) => pod),
    answering: rows.flatMap(({ pod, reads }) => (reads[0] !== undefined && isFine(reads[0]) ? [pod] : [])),
    silentNodes: findSilentNodes(rows),
  };
}
