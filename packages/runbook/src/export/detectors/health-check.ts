import { selectorOf, type DetectorRules } from '../rule.ts';

/** Outside probes: all of them failing is an outage, one of several is a part of one. */
export const healthCheckRules: DetectorRules = (_, names) => {
  const probe = `${names.probe}${selectorOf(names['probe-selector'])}`;
  return [
    {
      alert: 'HealthCheckAll',
      expr: `max(${probe}) == 0`,
      rank: 'critical',
      summary: 'every health check fails',
    },
    {
      alert: 'HealthCheck',
      expr: `${probe} == 0 and on () (max(${probe}) > 0)`,
      rank: 'major',
      summary: 'the health check of {{ $labels.instance }} fails, others do not',
    },
  ];
};
