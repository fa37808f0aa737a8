import { selectorOf, type DetectorRules } from '../rule.ts';

/** A node whose Ready condition is false or unknown. */
export const nodeFailureRules: DetectorRules = (_, names) => [
  {
    alert: 'NodeFailure',
    expr: `max by (node) (${names['node-condition']}${selectorOf('condition="Ready"', 'status="true"')}) == 0`,
    rank: 'minor',
    summary: 'node {{ $labels.node }} is not ready',
  },
];
