import type { Rule } from '../rule.ts';
import { gapsAndOverlaps } from '../spans.ts';

/** RB001: the windows of the phases must follow each other without overlap or gap. */
export const phaseWindows: Rule = {
  code: 'RB001',
  level: 'error',
  find: ({ plan, document }) => {
    if (plan.phases.some((phase) => !phase.timed)) return [];
    return gapsAndOverlaps(
      document,
      plan.phases.map((phase) => ({ ...phase, name: `phase ${phase.n} "${phase.name}"` })),
    );
  },
};
