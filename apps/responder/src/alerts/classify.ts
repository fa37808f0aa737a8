import type { RestrictedFlag } from '#facts';
import type { IncomingAlert, Labels } from './incoming.ts';
import type { IntakeConfig } from './intake-config.ts';
import { compileMatchers, type LabelTest } from './match/matcher.ts';

/** What an alert means here, by the sender's word and the configuration. */
export interface AlertClass {
  readonly name: string;
  readonly severity: string | null;
  /** 0 is the gravest severity; -1 a flag; 99 no severity. */
  readonly rank: number;
  readonly flag: RestrictedFlag | null;
  /** Names of the heartbeats that this alert is a beat of. */
  readonly beats: readonly string[];
}

export type Classify = (alert: Pick<IncomingAlert, 'labels' | 'name' | 'severity' | 'flag'>) => AlertClass;

/** Of an alert without a severity: it starts nothing. */
export const noRank = 99;

/** `severities` answers the runbook's severity ids, the gravest first. */
export function createClassify(config: IntakeConfig, severities: () => readonly string[]): Classify {
  const flags = config.flags.map(({ flag, matchers }) => ({ flag, test: compileMatchers(matchers) }));
  const beats = config.heartbeats
    .filter(({ alert }) => alert.length > 0)
    .map(({ name, alert }) => ({ name, test: compileMatchers(alert) }));
  return (alert) => {
    const { labels } = alert;
    const ids = severities();
    const word = (alert.severity ?? labels[config.severityLabel] ?? '').toLowerCase();
    const wanted = config.severities[word] ?? word;
    const index = ids.findIndex((id) => id.toLowerCase() === wanted.toLowerCase());
    const flag = alert.flag ?? flagOf(labels, config.flagLabel, flags);
    return {
      name: alert.name ?? labels['alertname'] ?? '(no name)',
      severity: ids[index] ?? null,
      rank: flag !== null ? -1 : index < 0 ? noRank : index,
      flag,
      beats: beats.filter(({ test }) => test(labels)).map(({ name }) => name),
    };
  };
}

function flagOf(
  labels: Labels,
  label: string,
  rules: readonly { readonly flag: RestrictedFlag; readonly test: LabelTest }[],
): RestrictedFlag | null {
  const said = labels[label];
  if (said === 'integrity' || said === 'security') return said;
  return rules.find(({ test }) => test(labels))?.flag ?? null;
}
