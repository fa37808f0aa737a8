import type { Plan } from '../../plan.ts';
import type { Rule } from '../rule.ts';

type Part = [keyof Plan, string, string];

const PARTS: Part[] = [
  ['severities', 'severities', 'incidents get the default severities'],
  ['detectors', 'detectors', 'nothing is measured against this document'],
  ['phases', 'phases', 'there is no phase clock and no step to run'],
  ['escalation', 'escalation levels', 'nobody but the primary on call is woken'],
];

/** RB009: says once, at the top, what a document without these sections cannot do. */
export const emptyPlan: Rule = {
  code: 'RB009',
  level: 'info',
  find: ({ plan }) => {
    const missing = PARTS.filter(([key]) => Array.isArray(plan[key]) && plan[key].length === 0);
    if (missing.length === 0) return [];
    const source = { line: 1, column: 1, endLine: 1, endColumn: 1 };
    return missing.map(([, name, effect]) => ({ source, message: `no ${name} found: ${effect}` }));
  },
};
