import type { AlertsView, AlertView, ReportView, SilenceView } from '@tocsin/contract';
import type { Alerts, JudgedAlert, Report, Silence } from '#alerts';
import { matcherText, silenceState } from '#alerts';
import type { EpochMs } from '#facts';
import { iso, isoOrNull } from './iso.ts';

const listed = 500;
const recent = 50;
const noSeverity = '~';

/** Everything about alerts, for people. */
export async function alertsView(alerts: Alerts): Promise<AlertsView> {
  const found = await gravest(alerts);
  const [problems, suppressions, reports] = await Promise.all([
    alerts.problems(recent),
    alerts.suppressions(recent),
    alerts.reports(recent),
  ]);
  return {
    ...found,
    problems: problems.map((one) => ({ ...one, at: iso(one.at) })),
    suppressions: suppressions.map((one) => ({ ...one, firstAt: iso(one.firstAt), lastAt: iso(one.lastAt) })),
    maintenance: alerts.maintenance().map(({ name, when, active, startsAt, endsAt, wholeService }) => ({
      name,
      when,
      active,
      startsAt: isoOrNull(startsAt),
      endsAt: isoOrNull(endsAt),
      wholeService,
    })),
    heartbeats: alerts.heartbeats().map(({ name, lastAt, missing, dueAt }) => ({
      name,
      lastAt: isoOrNull(lastAt),
      missing,
      dueAt: iso(dueAt),
    })),
    reports: reports.map(reportView),
  };
}

/** Counts all, keeps the gravest: there may be very many. */
async function gravest(
  alerts: Alerts,
): Promise<Pick<AlertsView, 'active' | 'activeCount' | 'suppressedCount'>> {
  let kept: JudgedAlert[] = [];
  let activeCount = 0;
  let suppressedCount = 0;
  for await (const page of alerts.active()) {
    activeCount += page.length;
    suppressedCount += page.filter((one) => one.suppressedBy.length > 0).length;
    kept = [...kept, ...page].toSorted(byGravity).slice(0, listed);
  }
  return { active: kept.map(alertView), activeCount, suppressedCount };
}

/** What counts before what is kept back, flags first, then by severity, then the newest. */
function byGravity(a: JudgedAlert, b: JudgedAlert): number {
  return gravityOf(a).localeCompare(gravityOf(b)) || b.row.startsAt - a.row.startsAt;
}

function gravityOf({ row, suppressedBy }: JudgedAlert): string {
  return `${suppressedBy.length > 0 ? 1 : 0}${row.flag === null ? 1 : 0}${row.severity ?? noSeverity}`;
}

function alertView({ row, suppressedBy, flapping }: JudgedAlert): AlertView {
  const { fingerprint, name, source, severity, flag, annotations } = row;
  return {
    fingerprint,
    name,
    source,
    severity,
    flag,
    summary: annotations['summary'] ?? annotations['description'] ?? '',
    labels: { ...row.labels },
    startsAt: iso(row.startsAt),
    receivedAt: iso(row.receivedAt),
    acknowledgedAt: isoOrNull(row.acknowledgedAt),
    flapping,
    suppressedBy: [...suppressedBy],
  };
}

/** A report as people see it. */
export function reportView(report: Report): ReportView {
  const { id, kind, tenant, text, flag, count, closedBecause } = report;
  return {
    id,
    kind,
    tenant,
    text,
    flag,
    count,
    closedBecause,
    firstAt: iso(report.firstAt),
    lastAt: iso(report.lastAt),
    closedAt: isoOrNull(report.closedAt),
  };
}

/** A silence as people see it. */
export function silenceView(silence: Silence, at: EpochMs): SilenceView {
  const { id, matchers, createdBy, comment } = silence;
  return {
    id,
    state: silenceState(silence, at),
    matchers: matchers.map(matcherText),
    startsAt: iso(silence.startsAt),
    endsAt: iso(silence.endsAt),
    createdBy,
    comment,
  };
}
