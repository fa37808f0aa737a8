import type { Scenario } from '../scenario.ts';

/** A node says that its disk is full. */
export const diskPressure: Scenario = {
  id: 'disk-pressure',
  ruledOut: 'no node reports disk pressure',
  find({ facts }) {
    return facts.cluster.nodes
      .filter((node) => node.pressures.includes('DiskPressure'))
      .map((node) => ({
        id: 'disk-pressure' as const,
        subject: `node/${node.name}`,
        confidence: 0.9,
        for: [`${node.name} reports DiskPressure`],
        against: [],
        settles: [],
      }));
  },
};
