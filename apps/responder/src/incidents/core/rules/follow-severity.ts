import type { Assessment } from '#detection';
import type { Draft } from '../draft.ts';
import { acknowledgmentWindowMs, betterForMs } from './durations.ts';
import { pageLevel } from './page-level.ts';
import { endSnooze } from './end-snooze.ts';
import { isWorse, worse } from './severity-rank.ts';

/** Rises at once; falls after 5 minutes of better facts; never below what a person set. */
export function followSeverity(draft: Draft, assessment: Assessment): void {
  const { incident, input } = draft;
  // Without a measured severity there is nothing to follow: the end of harm is told by the status.
  if (assessment.severity === null) return;
  const measured = worse(input.plan, assessment.severity, incident.severityFloor);
  if (isWorse(input.plan, measured, incident.severity)) raise(draft, measured, assessment.reason);
  else if (isWorse(input.plan, incident.severity, measured)) lowerInTime(draft, measured, assessment.reason);
  else if (incident.betterSince !== null) draft.add({ type: 'severity-better', since: null });
}

function raise(draft: Draft, severity: string, reason: string): void {
  const { incident, input } = draft;
  const worst = worse(input.plan, severity, incident.worstSeverity);
  draft.add({ type: 'severity-changed', severity, reason, floor: incident.severityFloor, worst });
  // During the watch, harm that is real reopens, and that page tells the severity, too.
  if (incident.status !== 'verified') pageRaised(draft);
}

/** Whoever was woken just now reads the new severity in the incident; a second call would only confuse. */
export function pageRaised(draft: Draft): void {
  const wasSnoozed = draft.incident.snoozedUntil !== null;
  endSnooze(draft, 'the severity has risen');
  const { incident, input } = draft;
  const lastPageAt = incident.pages.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  if (wasSnoozed || input.at - lastPageAt > acknowledgmentWindowMs(input.plan))
    pageLevel(draft, 1, 'severity-raised');
}

function lowerInTime(draft: Draft, severity: string, reason: string): void {
  const { incident, input } = draft;
  if (incident.betterSince === null) {
    draft.add({ type: 'severity-better', since: input.at });
    return;
  }
  if (input.at - incident.betterSince < betterForMs) return;
  const why = `${reason} (better for 5 minutes)`;
  const { severityFloor: floor, worstSeverity: worst } = incident;
  draft.add({ type: 'severity-changed', severity, reason: why, floor, worst });
}
