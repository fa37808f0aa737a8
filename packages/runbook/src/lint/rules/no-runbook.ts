import type { Plan } from '../../plan.ts';
import type { Rule } from '../rule.ts';

const PARTS: (keyof Plan)[] = [
  'severities',
  'detectors',
  'roles',
  'phases',
  'branches',
  'scenarios',
  'cadences',
  'escalation',
  'checklist',
];

/** RB008: nothing in the file was understood as a part of a runbook, so there is nothing to run. */
export const noRunbook: Rule = {
  code: 'RB008',
  level: 'error',
  find: ({ plan }) => {
    if (PARTS.some((key) => Array.isArray(plan[key]) && plan[key].length > 0)) return [];
    const source = { line: 1, column: 1, endLine: 1, endColumn: 1 };
    return [
      {
        source,
        message:
          'no part of a runbook was found; expected at least one heading such as "Phase 1: Acknowledgment (0-5 minutes)" or "Escalation Matrix"',
      },
    ];
  },
};
