import type { Threshold } from '../../plan.ts';
import type { MetricNames } from '../metric-names.ts';
import { hasTenants, selectorOf, type DetectorRules, type Draft } from '../rule.ts';

/**
 * Share of failed requests in the window. Tenants with too few requests to judge do not count; a tenant without any
 * failure counts as sound, though it has no series of failures.
 */
export const errorRateRules: DetectorRules = ({ threshold }, names) => {
  if (threshold === undefined || threshold.unit !== '%') return { cannot: 'it has no limit in percent' };
  if (threshold.op.startsWith('<')) return { cannot: 'a lower limit is not measured' };
  return hasTenants(names) ? byTenant(threshold, names) : forAll(threshold, names);
};

function forAll({ op, value }: Threshold, names: MetricNames): Draft[] {
  const { failed, judged } = requestsOf(names, '');
  return [
    {
      alert: 'ErrorRate',
      expr: `100 * (${failed} or 0 * ${judged}) / ${judged} ${op} ${value}`,
      rank: 'critical',
      summary: `{{ $value | printf "%.1f" }} % of requests fail, limit ${value} %`,
    },
  ];
}

function byTenant({ op, value }: Threshold, names: MetricNames): Draft[] {
  const label = names['tenant-label'];
  const { failed, judged } = requestsOf(names, ` by (${label})`);
  const harmed = `100 * (${failed} or 0 * ${judged}) / ${judged} ${op} ${value}`;
  return [
    {
      alert: 'ErrorRateAllTenants',
      expr: `count(${harmed}) == (count(${judged}) >= 2)`,
      rank: 'critical',
      summary: `all {{ $value }} tenants with traffic have more than ${value} % errors`,
    },
    {
      alert: 'ErrorRateSeveralTenants',
      expr: `(count(${harmed}) >= 2) < count(${judged})`,
      rank: 'major',
      summary: `{{ $value }} tenants have more than ${value} % errors`,
    },
    {
      alert: 'ErrorRateTenant',
      expr: `${harmed} and on () (count(${harmed}) == 1)`,
      rank: 'minor',
      summary: `tenant {{ $labels.${label} }}: {{ $value | printf "%.1f" }} % of requests fail, limit ${value} %`,
    },
  ];
}

function requestsOf(names: MetricNames, by: string): { failed: string; judged: string } {
  const { requests, selector, window } = names;
  const status = `${names['status-label']}=~"${names['error-status']}"`;
  return {
    failed: `sum${by} (increase(${requests}${selectorOf(status, selector)}[${window}]))`,
    judged: `(sum${by} (increase(${requests}${selectorOf(selector)}[${window}])) >= ${names['min-requests']})`,
  };
}
