import { incidentRoles, type IncidentListItem, type IncidentView } from '@tocsin/contract';
import type { Plan } from '@tocsin/runbook';
import type { EpochMs } from '#facts';
import {
  newestAnswer,
  waitsForAnswer,
  whatIsMeasured,
  whyNoStep,
  type Incident,
  type Page,
} from '#incidents';
import { evidenceSummary } from './evidence-view.ts';
import { externalView } from './external-view.ts';
import { iso, isoOrNull } from './iso.ts';
import { diagnosisView, signalView, tenantViews } from './measured-view.ts';
import type { NameOf } from './names.ts';
import { phaseClock } from './phase-clock.ts';
import { stepView } from './step-view.ts';

/** An incident's snapshot as the wire shows it; `plan` is the one pinned on it. */
export function incidentView(incident: Incident, plan: Plan, nameOf: NameOf, now: EpochMs): IncidentView {
  const { id, number, serviceId, planHash, title, status } = incident;
  return {
    id,
    number,
    serviceId,
    planHash,
    title,
    status,
    drill: drillMark(incident),
    detached: incident.detached,
    splitFrom: incident.splitFrom,
    mergedInto: incident.mergedInto,
    merged: [...incident.merged],
    ...severityOf(incident, plan),
    times: times(incident, nameOf),
    waits: waitsForAnswer(incident),
    impactCorrection: correction(incident, nameOf),
    endsByWord: whatIsMeasured(incident) === null,
    reviewed: reviewed(incident, nameOf),
    phaseClock: phaseClock(incident, plan, now),
    ...measured(incident),
    diagnoses: incident.diagnoses.map((one) => diagnosisView(one, incident.evidence)),
    escalationLevel: incident.escalationLevel,
    snoozedUntil: isoOrNull(incident.snoozedUntil),
    roles: incidentRoles.flatMap((role) => {
      const person = incident.roles[role];
      return person === undefined ? [] : [{ role, person, personName: nameOf(person) }];
    }),
    pages: incident.pages.map((page) => pageView(page, nameOf)),
    steps: incident.steps.map(stepView),
    noStep: whyNoStep(incident, now),
    evidence: incident.evidence.map(evidenceSummary),
    evidencePending: Math.max(0, incident.evidenceRequested.length - incident.evidence.length),
    checklist: incident.checklist.map((line) => ({ ...line, tickedAt: isoOrNull(line.tickedAt) })),
    external: (incident.external ?? []).map(externalView),
    handsOff: incident.handsOff,
    revision: incident.revision,
  };
}

/** One line of the list. */
export function incidentListItem(incident: Incident): IncidentListItem {
  const [first] = incident.diagnoses;
  return {
    id: incident.id,
    number: incident.number,
    title: incident.title,
    status: incident.status,
    severity: incident.severity,
    severityReason: incident.severityReason,
    worstSeverity: incident.worstSeverity,
    detectedAt: iso(incident.detectedAt),
    acknowledgedAt: isoOrNull(incident.acknowledgedAt),
    waits: waitsForAnswer(incident),
    mitigatedAt: isoOrNull(incident.mitigatedAt),
    resolvedAt: isoOrNull(incident.resolvedAt),
    reviewedAt: isoOrNull(incident.reviewed?.at ?? null),
    drill: incident.drill !== null,
    diagnosis:
      first === undefined ? null : { id: first.id, subject: first.subject, confidence: first.confidence },
    stepsWaiting: stepsWaiting(incident),
    revision: incident.revision,
  };
}

/** Nobody is asked any more once the harm has stayed away. */
function stepsWaiting({ status, steps }: Incident): number {
  const isOver = status === 'stable' || status === 'resolved';
  return isOver ? 0 : steps.filter((step) => step.status === 'proposed').length;
}

function drillMark({ drill }: Incident): IncidentView['drill'] {
  if (drill === null) return null;
  return { id: drill.id, name: drill.name, injectedAt: iso(drill.injectedAt), holdMs: drill.holdMs };
}

function severityOf(incident: Incident, plan: Plan) {
  return {
    severity: incident.severity,
    severityName: plan.severities.find((one) => one.id === incident.severity)?.name ?? incident.severity,
    severityReason: incident.severityReason,
    severityFloor: incident.severityFloor,
    worstSeverity: incident.worstSeverity,
    severities: plan.severities.map(({ id, name }) => ({ id, name })),
  };
}

function measured({ assessment }: Incident) {
  return {
    measuredAt: iso(assessment.at),
    measured: assessment.reason,
    confirmedBy: [...assessment.confirmedBy],
    signals: assessment.signals.map(signalView),
    tenants: tenantViews(assessment.tenants),
    zones: [...assessment.zones],
  };
}

function correction({ impactCorrection }: Incident, nameOf: NameOf): IncidentView['impactCorrection'] {
  if (impactCorrection === undefined) return null;
  const { startAt, endAt, by, reason } = impactCorrection;
  return { startAt: iso(startAt), endAt: isoOrNull(endAt), byName: nameOf(by.id), reason };
}

function reviewed({ reviewed: said }: Incident, nameOf: NameOf): IncidentView['reviewed'] {
  if (said === undefined || said === null) return null;
  return { at: iso(said.at), byName: nameOf(said.by.id), note: said.note, link: said.link };
}

function times(incident: Incident, nameOf: NameOf): IncidentView['times'] {
  const answer = newestAnswer(incident);
  return {
    impactStartAt: iso(incident.impactStartAt),
    impactStartMethod: incident.impactStartMethod,
    suspectedAt: isoOrNull(incident.suspectedAt ?? null),
    detectedAt: iso(incident.detectedAt),
    acknowledgedAt: isoOrNull(incident.acknowledgedAt),
    answeredAt: isoOrNull(answer?.at ?? null),
    acknowledgedBy: answer === null ? null : nameOf(answer.by),
    respondedAt: isoOrNull(incident.respondedAt),
    evidenceCompleteAt: isoOrNull(incident.evidenceCompleteAt),
    diagnosedAt: isoOrNull(incident.diagnosedAt),
    mitigatedAt: isoOrNull(incident.mitigatedAt),
    mitigatedBy: incident.mitigatedBy,
    verifiedAt: isoOrNull(incident.verifiedAt),
    holdUntil: isoOrNull(incident.holdUntil),
    stableAt: isoOrNull(incident.stableAt),
    resolvedAt: isoOrNull(incident.resolvedAt),
  };
}

function pageView(page: Page, nameOf: NameOf): IncidentView['pages'][number] {
  return {
    id: page.id,
    at: iso(page.at),
    level: page.level,
    person: page.person,
    personName: nameOf(page.person),
    cause: page.cause,
    note: page.note,
    // The address stays inside.
    channels: page.channels.map(({ channel, state }) => ({
      channel: channel.split(':', 1)[0] ?? channel,
      state,
    })),
    state: page.state,
    deliveredAt: isoOrNull(page.deliveredAt),
    acknowledgedAt: isoOrNull(page.acknowledgedAt),
    acknowledgedByName: page.acknowledgedBy === undefined ? null : nameOf(page.acknowledgedBy),
  };
}
