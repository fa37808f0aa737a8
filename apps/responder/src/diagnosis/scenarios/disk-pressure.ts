import type { NodeFact, PodFact } from '#facts';
import type { CaseFile } from '../case-file.ts';
import type { Finding, Scenario } from '../scenario.ts';

/** A node keeps the condition for 5 minutes after the room is back; what it evicted tells a little longer. */
const recentMs = 10 * 60_000;
const diskWords = /ephemeral[ -](?:local )?storage|low on resource: (?:nodefs|imagefs|inodes)/i;

function evictedPods({ facts, pods }: CaseFile): readonly PodFact[] {
  return pods.filter(
    (pod) =>
      pod.reason === 'Evicted' &&
      diskWords.test(pod.message ?? '') &&
      facts.at - (pod.readyChangedAt ?? pod.createdAt) < recentMs,
  );
}

function ofNode({ name }: NodeFact, evicted: readonly PodFact[]): Finding {
  const here = evicted.filter((pod) => pod.nodeName === name);
  return {
    id: 'disk-pressure',
    subject: `node/${name}`,
    confidence: 0.93,
    for: [`${name} reports DiskPressure`, ...here.map((pod) => `${pod.name} was evicted: ${pod.message}`)],
    against: [],
    settles: [],
  };
}

/** Evicted for the disk by a node that has room again, or for the pod's own limit. */
function ofEvictions(evicted: readonly PodFact[], file: CaseFile): readonly Finding[] {
  const [first] = evicted;
  if (first === undefined) return [];
  const own = evicted.every((pod) => /exceeds|exceeded/.test(pod.message ?? ''));
  const subject = own ? file.workloadSubject : `node/${first.nodeName}`;
  const words = evicted.map((pod) => `${pod.name} was evicted: ${pod.message}`);
  const against = own ? [] : [`${first.nodeName} reports no DiskPressure now`];
  return [{ id: 'disk-pressure', subject, confidence: 0.8, for: words, against, settles: [] }];
}

/**
 * A node has no room on its disk and evicts pods. Rests on
 * https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/: condition DiskPressure, pods with phase Failed and
 * reason Evicted.
 */
export const diskPressure: Scenario = {
  id: 'disk-pressure',
  ruledOut: 'no node reports disk pressure',
  find(file) {
    const evicted = evictedPods(file);
    const full = file.facts.cluster.nodes.filter((node) => node.pressures.includes('DiskPressure'));
    if (full.length > 0) return full.map((node) => ofNode(node, evicted));
    return ofEvictions(evicted, file);
  },
};
