import type { Plan } from '@tocsin/runbook';
import type { EpochMs } from '#facts';
import type { Incident, Page, PageCause } from '../incident.ts';

const listed = 8;

/** What a page says: readable on a phone, the essential first. The channel adds the link and how to acknowledge. */
export function pageText(incident: Incident, page: Page, plan: Plan): { subject: string; text: string } {
  const name = plan.severities.find((one) => one.id === incident.severity)?.name;
  const severity = name === undefined ? incident.severity : `${incident.severity} (${name})`;
  const lines = [
    `${severity}: ${incident.severityReason}`,
    `Why you: ${whyYou(page)}`,
    `Since: ${utc(incident.impactStartAt)} (${incident.impactStartMethod}); detected ${utc(incident.detectedAt)}`,
    `Tenants: ${tenants(incident)}`,
    `Diagnosis: ${diagnosis(incident)}`,
    ...drillLine(incident),
  ];
  return {
    subject: subjectOf(incident, incident.title),
    text: lines.join('\n'),
  };
}

/** `[P0] #1 ...`, marked in a drill. */
export function subjectOf({ drill, severity, number }: Incident, about: string): string {
  return `${drill === null ? '' : 'DRILL '}[${severity}] #${number} ${about}`;
}

/** Said in every message of a drill. */
export function drillLine({ drill }: Incident): readonly string[] {
  return drill === null ? [] : [`This is the drill "${drill.name}", an outage on purpose.`];
}

const reasons: Readonly<Record<PageCause, string>> = {
  opened: 'you are on call',
  unacknowledged: 'an earlier page was not acknowledged in time',
  undeliverable: 'an earlier page could not be delivered',
  escalation: 'the incident has lasted so long that the document calls your level',
  called: 'somebody calls your level ahead of its time',
  'severity-raised': 'the severity has risen',
  reopened: 'the outage is back during the stability watch',
  'role-needed': 'your role is called for',
  assigned: 'a role in this incident is handed to you',
  'update-missed': 'nobody has told others in time how it stands',
  'heartbeat-missing': 'a sign of life that is expected has stopped during this incident',
  'snooze-ended': 'the quiet that was asked for has ended, and the outage lasts',
};

function whyYou(page: Page): string {
  return page.note === null
    ? `${reasons[page.cause]} (${page.level})`
    : `${reasons[page.cause]}; ${page.note}`;
}

function tenants(incident: Incident): string {
  const judged = incident.assessment.tenants.filter((one) => one.judged);
  const harmed = judged.filter((one) => one.harm !== 'none');
  if (judged.length === 0) return 'not measured yet';
  if (harmed.length === 0) return `none of ${judged.length} harmed now`;
  const names = harmed
    .slice(0, listed)
    .map((one) => `${one.tenant} ${one.harm === 'slow' ? 'slow' : `${Math.round(one.errorRatio * 100)} %`}`);
  const more = harmed.length > listed ? `, and ${harmed.length - listed} more` : '';
  return `${harmed.length} of ${judged.length} harmed: ${names.join(', ')}${more}`;
}

function diagnosis(incident: Incident): string {
  const [best] = incident.diagnoses;
  if (best === undefined || best.id === 'unknown') return 'not known yet; evidence is being gathered';
  return `${best.id} ${best.subject} (${best.confidence.toFixed(2)})`;
}

/** `03:12:07 UTC`; the day is in the incident. */
export function utc(at: EpochMs): string {
  return `${new Date(at).toISOString().slice(11, 19)} UTC`;
}
