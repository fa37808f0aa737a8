import type { PodFact } from '#facts';
import type { CaseFile } from '../case-file.ts';
import type { Scenario } from '../scenario.ts';

/** The scheduler repeats itself rarely: its event stays true while the pod has no node. */
const windowMs = 60 * 60_000;
const settleMs = 15_000;

function whyNot(file: CaseFile, pod: PodFact): string | null {
  if (pod.unschedulable === true) return pod.message ?? 'no node takes it';
  const events = file.eventsOf(`pod/${pod.name}`, windowMs);
  return events.findLast((one) => one.reason === 'FailedScheduling')?.message ?? null;
}

/** Nodes that are lost, full or being drained take nothing: then that is the cause, or nothing is wrong. */
function isNodesDoing(why: string, { facts, lostNodes }: CaseFile): boolean {
  const { nodes } = facts.cluster;
  if (/unreachable|not-ready|disk-pressure|memory-pressure/.test(why))
    return lostNodes.size > 0 || nodes.some((one) => one.pressures.length > 0);
  return (
    /were unschedulable/.test(why) && nodes.some((one) => one.unschedulable) && !/Insufficient/.test(why)
  );
}

/**
 * A pod finds no node: it asks for more than any has left, or for what none has. Rests on
 * https://kubernetes.io/docs/concepts/scheduling-eviction/ (condition PodScheduled, event FailedScheduling).
 */
export const unschedulable: Scenario = {
  id: 'unschedulable',
  ruledOut: 'every pod found a node',
  find(file) {
    const found = file.living
      .filter((pod) => pod.nodeName === null && file.facts.at - pod.createdAt > settleMs)
      .flatMap((pod) => {
        const why = whyNot(file, pod);
        return why === null || isNodesDoing(why, file) ? [] : [`${pod.name}: ${why}`];
      });
    if (found.length === 0) return [];
    return [
      {
        id: 'unschedulable',
        subject: file.workloadSubject,
        confidence: 0.9,
        for: found,
        against: [],
        settles: [],
      },
    ];
  },
};
