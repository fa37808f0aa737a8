import { z } from 'zod';
import { evidenceSummary } from './evidence.ts';
import { incidentRoles } from './incident-roles.ts';
import { instant } from './instant.ts';
import { actorView } from './person.ts';
import { diagnosisView, signalView, sourceClass, tenantView } from './measured.ts';
import { stepView } from './step.ts';

export const incidentStatus = z.enum(['open', 'mitigated', 'verified', 'stable', 'resolved']);
export type IncidentStatusView = z.infer<typeof incidentStatus>;

/** Marks everything that belongs to a rehearsal. */
export const drillMark = z.object({
  id: z.string(),
  name: z.string(),
  injectedAt: instant,
  holdMs: z.number().nullable(),
});

/** One line of the list. */
export const incidentListItem = z.object({
  id: z.string(),
  number: z.int(),
  title: z.string(),
  status: incidentStatus,
  severity: z.string(),
  severityReason: z.string(),
  worstSeverity: z.string(),
  detectedAt: instant,
  /** The first time that somebody took it. */
  acknowledgedAt: instant.nullable(),
  /** Nobody has acknowledged since people were called last. */
  waits: z.boolean(),
  mitigatedAt: instant.nullable(),
  resolvedAt: instant.nullable(),
  /** When its review was held, by a person's word. */
  reviewedAt: instant.nullable(),
  drill: z.boolean(),
  /** Cause and subject of the first diagnosis, or null. */
  diagnosis: z.object({ id: z.string(), subject: z.string(), confidence: z.number() }).nullable(),
  /** Steps that wait for a person. */
  stepsWaiting: z.int(),
  revision: z.int(),
});
export type IncidentListItem = z.infer<typeof incidentListItem>;

/** A phase of the document, where the clock stands in it, and when its work was done. */
export const phaseView = z.object({
  n: z.int(),
  name: z.string(),
  fromMinutes: z.number(),
  toMinutes: z.number().nullable(),
  window: z.enum(['past', 'current', 'ahead']),
  /** When the phase's work was done, from the event log; null: not yet, or nothing in the log shows it. */
  doneAt: instant.nullable(),
});
export type PhaseView = z.infer<typeof phaseView>;

/** Counts from detection to resolution against the document's windows. */
export const phaseClock = z.object({
  startedAt: instant,
  /** Set when the clock has stopped. */
  stoppedAt: instant.nullable(),
  /** At the time of the answer; a screen goes on counting from `startedAt`. */
  elapsedMs: z.number(),
  /** Number of the phase whose window holds `elapsedMs`; null when none does. */
  current: z.int().nullable(),
  phases: z.array(phaseView),
});
export type PhaseClock = z.infer<typeof phaseClock>;

/** Another incident, as people name it. */
export const incidentRef = z.object({ id: z.string(), number: z.int() });

export const pageView = z.object({
  id: z.string(),
  at: instant,
  level: z.string(),
  person: z.string(),
  personName: z.string(),
  cause: z.enum([
    'opened',
    'unacknowledged',
    'undeliverable',
    'escalation',
    'called',
    'severity-raised',
    'reopened',
    'role-needed',
    'assigned',
    'snooze-ended',
    'update-missed',
    'heartbeat-missing',
  ]),
  note: z.string().nullable(),
  /** Ways it goes out (`inbox`, `email`), and how far each has come. */
  channels: z.array(
    z.object({
      channel: z.string(),
      /** `skipped`: it was acknowledged before this one had gone out. */
      state: z.enum(['queued', 'retrying', 'delivered', 'failed', 'skipped']),
    }),
  ),
  state: z.enum(['queued', 'delivered', 'failed']),
  deliveredAt: instant.nullable(),
  acknowledgedAt: instant.nullable(),
  /** Name of who answered it; null while nobody has, and where an earlier release did not keep it. */
  acknowledgedByName: z.string().nullable(),
});
export type PageView = z.infer<typeof pageView>;

/** Somebody outside whom a level of the matrix asks for: a person calls them, and says so. */
export const externalCall = z.object({
  id: z.string(),
  name: z.string(),
  level: z.int(),
  phone: z.string().nullable(),
  url: z.string().nullable(),
  email: z.string().nullable(),
  reference: z.string().nullable(),
  say: z.string().nullable(),
  dueAt: instant,
  /** The message that goes to them by itself; null when none does. */
  mail: z.object({ state: z.enum(['queued', 'sent', 'failed']), detail: z.string().nullable() }).nullable(),
  called: z.object({ at: instant, by: actorView, note: z.string() }).nullable(),
});
export type ExternalCallView = z.infer<typeof externalCall>;

export const checklistLine = z.object({
  text: z.string(),
  tickedAt: instant.nullable(),
  by: z.string().nullable(),
  because: z.string().nullable(),
});
export type ChecklistLineView = z.infer<typeof checklistLine>;

/** Both ends of every time that the review will state. */
export const incidentTimes = z.object({
  impactStartAt: instant,
  impactStartMethod: z.string(),
  /** Since when an outage was suspected; null where that is not known. */
  suspectedAt: instant.nullable(),
  detectedAt: instant,
  /** The first time that somebody took it. */
  acknowledgedAt: instant.nullable(),
  /** The newest answer, and who gave it. */
  answeredAt: instant.nullable(),
  acknowledgedBy: z.string().nullable(),
  respondedAt: instant.nullable(),
  evidenceCompleteAt: instant.nullable(),
  diagnosedAt: instant.nullable(),
  mitigatedAt: instant.nullable(),
  mitigatedBy: z.enum(['step', 'platform', 'drill', 'person']).nullable(),
  verifiedAt: instant.nullable(),
  holdUntil: instant.nullable(),
  stableAt: instant.nullable(),
  resolvedAt: instant.nullable(),
});

/** One outage as it stands. */
export const incidentView = z.object({
  id: z.string(),
  number: z.int(),
  serviceId: z.string(),
  planHash: z.string(),
  title: z.string(),
  status: incidentStatus,
  drill: drillMark.nullable(),
  /** Split off by a person: measured by none, led by people. */
  detached: z.boolean(),
  splitFrom: incidentRef.nullable(),
  mergedInto: incidentRef.nullable(),
  merged: z.array(incidentRef),
  severity: z.string(),
  /** Name and criteria of the severity as the document gives them. */
  severityName: z.string(),
  severityReason: z.string(),
  severityFloor: z.string().nullable(),
  worstSeverity: z.string(),
  /** Severities of the document, worst first. */
  severities: z.array(z.object({ id: z.string(), name: z.string() })),
  times: incidentTimes,
  /** Nobody has acknowledged since people were called last. */
  waits: z.boolean(),
  /** When clients were harmed by a person's word, beside what was measured; null while nobody has corrected it. */
  impactCorrection: z
    .object({ startAt: instant, endAt: instant.nullable(), byName: z.string(), reason: z.string() })
    .nullable(),
  /** Nothing measures its harm, so a person says when that has ended. */
  endsByWord: z.boolean(),
  /** The review was held, by a person's word; null while nobody has said so. */
  reviewed: z
    .object({ at: instant, byName: z.string(), note: z.string().nullable(), link: z.string().nullable() })
    .nullable(),
  phaseClock,
  /** What the measurements said last. */
  measuredAt: instant,
  measured: z.string(),
  confirmedBy: z.array(sourceClass),
  signals: z.array(signalView),
  tenants: z.array(tenantView),
  zones: z.array(z.string()),
  diagnoses: z.array(diagnosisView),
  escalationLevel: z.int(),
  /** Until when nobody is called, because a person asked for it. */
  snoozedUntil: instant.nullable(),
  /** Who has which role of the incident. */
  roles: z.array(z.object({ role: z.enum(incidentRoles), person: z.string(), personName: z.string() })),
  pages: z.array(pageView),
  steps: z.array(stepView),
  /** Why nobody is asked for a change although there is harm; null while there is no need to say so. */
  noStep: z.string().nullable(),
  evidence: z.array(evidenceSummary),
  /** Reads that were started and have not ended. */
  evidencePending: z.int(),
  checklist: z.array(checklistLine),
  /** Who outside is to be called. */
  external: z.array(externalCall),
  handsOff: z.boolean(),
  revision: z.int(),
});
export type IncidentView = z.infer<typeof incidentView>;
