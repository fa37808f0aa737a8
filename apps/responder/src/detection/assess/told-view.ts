import type { AlertFact, EpochMs, Facts, ReportFact, RestrictedFlag } from '#facts';
import type { SourceClass } from '../assessment.ts';
import type { Thresholds } from '../thresholds.ts';

/** What is said to be at stake, and who says it. */
export interface FlagSaid {
  readonly flag: RestrictedFlag;
  readonly by: SourceClass;
  readonly words: string;
}

/** What other tools (class E) and people (class H) say. */
export interface ToldView {
  readonly flag: FlagSaid | null;
  /** The newest alert with the document's highest severity. */
  readonly critical: AlertFact | null;
  /** Alerts that name a severity of the document. An alert without one is a remark. */
  readonly alerts: readonly AlertFact[];
  readonly reports: readonly ReportFact[];
  /** Classes that speak of the present: they count as a second class. */
  readonly agreeing: readonly SourceClass[];
}

/** What was said longer ago belongs to another trouble, unless it is said again. */
const presentMs = 10 * 60_000;

function isOurs(alert: AlertFact, facts: Facts): boolean {
  const namespace = alert.labels['namespace'];
  return namespace === undefined || namespace === facts.service.namespace;
}

export function alertWords({ name, source, summary }: AlertFact): string {
  return summary === '' ? `${name} (${source})` : `${name} (${source}): ${summary}`;
}

/** `customer report of t1: "..."`, with how often it was said. */
export function reportWords({ kind, tenant, text, count }: ReportFact): string {
  const times = count > 1 ? ` (${count} times)` : '';
  return `${kind.replace('-', ' ')}${tenant === null ? '' : ` of ${tenant}`}${times}: "${text}"`;
}

function findFlag(alerts: readonly AlertFact[], reports: readonly ReportFact[]): FlagSaid | null {
  for (const one of alerts) if (one.flag !== null) return { flag: one.flag, by: 'E', words: alertWords(one) };
  for (const one of reports)
    if (one.flag !== null) return { flag: one.flag, by: 'H', words: reportWords(one) };
  return null;
}

function isPresent(at: EpochMs, since: EpochMs): boolean {
  return at - since < presentMs;
}

/** Reads the alerts of this service and the open reports. */
export function toldView(facts: Facts, { severities }: Thresholds): ToldView {
  const { at, reports } = facts;
  const ours = facts.alerts.filter((one) => isOurs(one, facts));
  const alerts = ours.filter((one) => one.severity !== null);
  const critical = alerts
    .filter((one) => one.severity === severities.critical)
    .toSorted((a, b) => b.receivedAt - a.receivedAt);
  return {
    flag: findFlag(ours, reports),
    critical: critical[0] ?? null,
    alerts,
    reports,
    agreeing: [
      ...(alerts.some((one) => isPresent(at, one.startsAt)) ? (['E'] as const) : []),
      ...(reports.some((one) => isPresent(at, one.lastAt)) ? (['H'] as const) : []),
    ],
  };
}
