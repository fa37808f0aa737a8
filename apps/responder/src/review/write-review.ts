import type { Plan } from '@tocsin/runbook';
import type { EvidenceSummary, Incident, IncidentEvent } from '#incidents';
import { escapeMarkdown as esc } from './escape-markdown.ts';
import { measureTimes } from './measure-times.ts';
import { sayActor } from './say-actor.ts';
import { sayDuration, sayInstant } from './say-time.ts';
import {
  checklistSection,
  diagnosisSection,
  impactSection,
  pagesSection,
  stepsSection,
  timelineSection,
  timesSection,
} from './sections.ts';
import { suggestRunbookChanges } from './suggest-runbook-changes.ts';

/** Everything a review is written from. */
export interface ReviewInput {
  readonly incident: Incident;
  readonly events: readonly IncidentEvent[];
  readonly plan: Plan;
  readonly evidence: readonly EvidenceSummary[];
}

/** What stands where only people know the answer. */
export const toFill = '> **To fill in:**';

/** Writes the post-incident document as Markdown, from the event log. Pure: the same log gives the same text. */
export function writeReview(input: ReviewInput): string {
  const { incident, events } = input;
  const parts: readonly (readonly [string, string])[] = [
    ['Summary', summary(input)],
    [
      'Severity',
      `**${esc(incident.worstSeverity)}** at its worst, ${esc(incident.severity)} at the end. ${esc(worstReason(incident, events))}`,
    ],
    ['Impact', impactSection(input)],
    ['Times', timesSection(input)],
    ['Diagnosis', diagnosisSection(input)],
    [
      'Root cause',
      `${toFill} what led to it, and which factors contributed. The diagnosis above names what failed, not why.`,
    ],
    ['Steps', stepsSection(input)],
    ['Pages', pagesSection(input)],
    ['Checklist', checklistSection(input)],
    [
      'Action items',
      `${toFill} one line each, with owner and date.\n\n| action | owner | due |\n| --- | --- | --- |\n| … | … | … |`,
    ],
    ['Proposed changes to the runbook', suggestions(input)],
    ['Timeline', timelineSection(input)],
  ];
  const title = `# Incident ${incident.number}: ${esc(incident.title)}`;
  return `${[title, ...parts.map(([name, text]) => `## ${name}\n\n${text}`)].join('\n\n')}\n`;
}

function summary({ incident, events }: ReviewInput): string {
  const [best] = incident.diagnoses;
  const mitigation = measureTimes(incident, events).find((span) => span.name === 'mitigation');
  const cause =
    best === undefined ? 'no cause was named' : `the cause is held to be ${best.id} ${best.subject}`;
  return [
    ...(incident.drill === null ? [] : [`This was a drill: ${esc(incident.drill.name)}.`]),
    `Harm began at ${sayInstant(incident.impactStartAt)} (estimated) and was detected at ${sayInstant(incident.detectedAt)}; ${esc(cause)}.`,
    incident.mitigatedAt === null
      ? 'The end of the harm is not recorded.'
      : `Harm ended after ${sayDuration(mitigation?.tookMs ?? null)}, by ${incident.mitigatedBy ?? 'unknown'}.`,
    `Status: ${incident.status}.`,
    ...sayReviewed(incident),
  ].join(' ');
}

/** Whether people have held it. */
function sayReviewed({ reviewed }: Incident): readonly string[] {
  if (reviewed === undefined || reviewed === null) return [];
  const { at, by, note, link } = reviewed;
  const told = [note, link].filter((one) => one !== null).map(esc);
  return [
    `Reviewed at ${sayInstant(at)} by ${esc(sayActor(by))}${told.length === 0 ? '' : `: ${told.join(', ')}`}.`,
  ];
}

/** The reason that was given when the severity stood at its worst. */
function worstReason(incident: Incident, events: readonly IncidentEvent[]): string {
  for (const { body } of events) {
    if (body.type === 'severity-changed' && body.severity === incident.worstSeverity) return body.reason;
    if (body.type === 'opened' && body.severity === incident.worstSeverity) return body.severityReason;
  }
  return incident.severityReason;
}

function suggestions({ incident, events, plan, evidence }: ReviewInput): string {
  const found = suggestRunbookChanges(incident, events, plan, evidence);
  if (found.length === 0) return 'Nothing failed, was skipped or was too slow.';
  return found.map((one) => `- ${one.line === null ? '' : `line ${one.line}: `}${esc(one.text)}`).join('\n');
}
