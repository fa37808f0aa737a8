import type { EvidenceSummary, Incident, IncidentEvent, Page, Step } from '#incidents';
import { escapeMarkdown as esc, inlineCode } from './escape-markdown.ts';
import { impactMethod, measureImpact } from './measure-impact.ts';
import { measureTimes } from './measure-times.ts';
import { sayActor } from './say-actor.ts';
import { sayEvent } from './say-event.ts';
import { sayDuration, sayInstant } from './say-time.ts';

/** What a section is made of. */
export interface SectionInput {
  readonly incident: Incident;
  readonly events: readonly IncidentEvent[];
  readonly evidence: readonly EvidenceSummary[];
}

/** A Markdown table; cells are finished Markdown. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '_None._';
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Tenants and what they lost. */
export function impactSection({ incident, events }: SectionInput): string {
  const losses = measureImpact(incident, events);
  const total = losses.reduce((sum, one) => sum + one.lostMinutes, 0);
  const rows = losses.map((one) => [
    esc(one.tenant),
    `${Math.round(one.worstErrorRatio * 100)} %`,
    one.worstP95Ms === null ? '–' : `${Math.round(one.worstP95Ms)} ms`,
    one.lostMinutes.toFixed(2),
  ]);
  return [
    `**${total.toFixed(2)} tenant-minutes lost** by ${losses.length} tenants. Method: ${impactMethod}.`,
    table(['tenant', 'worst error ratio', 'worst p95', 'minutes lost'], rows),
  ].join('\n\n');
}

/** The six times with both ends. */
export function timesSection({ incident, events }: SectionInput): string {
  const rows = measureTimes(incident, events).map((span) => [
    span.name,
    sayInstant(span.fromAt),
    sayInstant(span.toAt),
    sayDuration(span.tookMs),
    esc(span.method),
  ]);
  return table(['time', 'from', 'to', 'took', 'method'], rows);
}

/** Every event, with its number in the log. */
export function timelineSection({ events }: SectionInput): string {
  const rows = events.map((event) => [
    `<a id="e${event.seq}"></a>${event.seq}`,
    sayInstant(event.at),
    esc(sayActor(event.actor)),
    esc(sayEvent(event.body)),
  ]);
  return table(['event', 'at', 'who', 'what'], rows);
}

/** Causes with what speaks for and against each. */
export function diagnosisSection({ incident, evidence }: SectionInput): string {
  if (incident.diagnoses.length === 0) return 'No cause was named.';
  const parts = incident.diagnoses.map((one) =>
    [
      `**${esc(one.id)}** ${esc(one.subject)}, confidence ${one.confidence.toFixed(2)}`,
      ...one.for.map((text) => `- for: ${esc(text)}`),
      ...one.against.map((text) => `- against: ${esc(text)}`),
      ...one.settles.map((text) => `- would settle it: ${esc(text)}`),
    ].join('\n'),
  );
  const rows = evidence.map((one) => [
    esc(one.id),
    inlineCode(one.command),
    one.mode,
    one.outcome,
    sayDuration(one.endedAt - one.startedAt),
    esc(one.reason ?? ''),
  ]);
  return [...parts, table(['evidence', 'command', 'mode', 'outcome', 'took', 'reason'], rows)].join('\n\n');
}

/** What each step did, and who said yes. */
export function stepsSection({ incident }: SectionInput): string {
  if (incident.steps.length === 0) return 'No step was offered.';
  return incident.steps.map(oneStep).join('\n\n');
}

function oneStep(step: Step): string {
  const approvals = step.approvals.map((one) => `${esc(sayActor(one.by))} at ${sayInstant(one.at)}`);
  const ran =
    step.startedAt === null ? 'not run' : `${sayInstant(step.startedAt)} to ${sayInstant(step.endedAt)}`;
  return [
    `**${esc(step.label)}**: ${inlineCode(step.command)}, ${step.effect}, **${step.status}**`,
    `- target: ${esc(step.target)}; ${esc(step.blastRadius)}`,
    `- approvals (${step.approvalsNeeded} needed): ${approvals.join(', ') || 'none'}`,
    `- ran: ${ran}; outcome: ${esc(step.outcome ?? '–')}`,
    ...[...step.checks, ...step.postChecks].map(
      (check) => `- ${check.ok ? '✓' : '✗'} ${esc(check.name)}: ${esc(check.text)}`,
    ),
    `- undo: ${step.undo === null ? 'none recorded' : inlineCode(step.undo)}`,
  ].join('\n');
}

/** Pages and what became of them. */
export function pagesSection({ incident }: SectionInput): string {
  const rows = incident.pages.map((page: Page) => [
    sayInstant(page.at),
    esc(page.person),
    esc(page.level),
    page.cause,
    page.state,
    sayInstant(page.deliveredAt),
    sayInstant(page.acknowledgedAt),
  ]);
  return table(['at', 'person', 'level', 'why', 'state', 'delivered', 'acknowledged'], rows);
}

/** The checklist with what ticked each line. */
export function checklistSection({ incident }: SectionInput): string {
  if (incident.checklist.length === 0) return '_The document has none._';
  return incident.checklist
    .map((line) => {
      const how =
        line.tickedAt === null
          ? ''
          : ` (${sayInstant(line.tickedAt)}, ${esc(line.by ?? 'Tocsin')}: ${esc(line.because ?? '')})`;
      return `- [${line.tickedAt === null ? ' ' : 'x'}] ${esc(line.text)}${how}`;
    })
    .join('\n');
}
