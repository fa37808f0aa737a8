import type { Scenario } from '../scenario.ts';

const windowMs = 5 * 60_000;
const settleMs = 15_000;

/** A pod finds no node. */
export const unschedulable: Scenario = {
  id: 'unschedulable',
  ruledOut: 'every pod found a node',
  find(file) {
    const found = file.living
      .filter((pod) => pod.nodeName === null && file.facts.at - pod.createdAt > settleMs)
      .flatMap((pod) => {
        const event = file
          .eventsOf(`pod/${pod.name}`, windowMs)
          .findLast((one) => one.reason === 'FailedScheduling');
        return event === undefined ? [] : [`${pod.name}: ${event.message}`];
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
