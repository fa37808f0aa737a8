import type { Threshold } from '../../plan.ts';
import { hasTenants, selectorOf, type DetectorRules } from '../rule.ts';

const SECONDS = { ms: 0.001, s: 1, m: 60, h: 3600 } as const;
const USUAL_PERCENTILE = 95;

/** A percentile of the request duration, from a histogram in seconds. */
export const latencyRules: DetectorRules = ({ threshold }, names) => {
  if (threshold === undefined) return { cannot: 'it has no limit' };
  const limit = limitSeconds(threshold);
  if (limit === null) return { cannot: 'its limit is no duration' };
  if (threshold.op.startsWith('<')) return { cannot: 'a lower limit is not measured' };
  const percentile = threshold.percentile ?? USUAL_PERCENTILE;
  const label = names['tenant-label'];
  const by = hasTenants(names) ? `le, ${label}` : 'le';
  const buckets = `${names.duration}_bucket${selectorOf(names.selector)}[${names.window}]`;
  const slow = `histogram_quantile(${tidy(percentile / 100)}, sum by (${by}) (rate(${buckets}))) ${threshold.op} ${limit}`;
  const value = `p${percentile} is {{ $value | humanizeDuration }}, limit ${limit} s`;
  if (!hasTenants(names)) return [{ alert: 'Latency', expr: slow, rank: 'major', summary: value }];
  return [
    {
      alert: 'LatencySeveralTenants',
      expr: `count(${slow}) >= 2`,
      rank: 'major',
      summary: `p${percentile} of {{ $value }} tenants is above ${limit} s`,
    },
    {
      alert: 'LatencyTenant',
      expr: `${slow} and on () (count(${slow}) == 1)`,
      rank: 'minor',
      summary: `tenant {{ $labels.${label} }}: ${value}`,
    },
  ];
};

function limitSeconds({ value, unit }: Threshold): number | null {
  return unit === '%' ? null : tidy(value * SECONDS[unit]);
}

/** Without the noise of binary fractions. */
function tidy(value: number): number {
  return Number(value.toFixed(6));
}
