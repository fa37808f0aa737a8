import type { Rule } from '../rule.ts';

/** RB080: a checklist line that no recorded fact ticks has to be ticked by a person. */
export const unprovableLine: Rule = {
  code: 'RB080',
  level: 'info',
  find: ({ plan }) =>
    plan.checklist
      .filter((line) => line.evidence === undefined)
      .map((line) => ({
        source: line.source,
        message: `no evidence ticks "${line.text}": a person has to`,
        suggestion: `${line.text} <!-- tocsin: {"evidence":"person"} -->`,
      })),
};
