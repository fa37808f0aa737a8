import type { DetectorRules } from '../rule.ts';

/** Connections in use against what the server allows; the limit is the document's, else the usual one. */
export const databaseConnectionRules: DetectorRules = ({ threshold }, names) => {
  if (threshold !== undefined && threshold.unit !== '%') return { cannot: 'its limit is no percentage' };
  const { op, value } = threshold ?? { op: '>' as const, value: Number(names['connections-limit']) };
  if (op.startsWith('<')) return { cannot: 'a lower limit is not measured' };
  const inUse = `sum by (instance) (${names.connections})`;
  const allowed = `max by (instance) (${names['max-connections']})`;
  return [
    {
      alert: 'DatabaseConnections',
      expr: `100 * ${inUse} / ${allowed} ${op} ${value}`,
      rank: 'minor',
      summary: `{{ $value | printf "%.0f" }} % of the connections of {{ $labels.instance }} are in use, limit ${value} %`,
    },
  ];
};
