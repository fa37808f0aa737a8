import type { Rule } from '../rule.ts';

/** RB012: a phase without a step or a branch is a clock that runs while nobody is told what to do. */
export const emptyPhase: Rule = {
  code: 'RB012',
  level: 'warning',
  find: ({ plan }) => {
    const branched = new Set(plan.branches.map((branch) => branch.phase));
    return plan.phases
      .filter((phase) => phase.steps.length === 0 && !branched.has(phase.n))
      .map((phase) => ({
        source: phase.source,
        message: `phase ${phase.n} "${phase.name}" has no step, expected a numbered item, a bullet or a fence`,
        suggestion: '1. **What to do first**',
      }));
  },
};
