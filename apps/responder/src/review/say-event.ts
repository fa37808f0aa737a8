import type { IncidentEvent } from '#incidents';
import { sayActor } from './say-actor.ts';
import { sayInstant } from './say-time.ts';

type Body = IncidentEvent['body'];
type Of<T extends Body['type']> = Extract<Body, { readonly type: T }>;
/** One sentence a kind of event: untrusted text is still raw in it, the table escapes the whole. */
type Sayings = { readonly [T in Body['type']]: (body: Of<T>) => string };

const sayings: Sayings = {
  opened: ({ severity, severityReason, assessment: { suspectedSince } }) =>
    `incident opened as ${severity}: ${severityReason}${suspectedSince === undefined ? '' : `; suspected since ${sayInstant(suspectedSince)}`}`,
  assessed: (b) => `measured: ${b.assessment.reason}`,
  'severity-changed': (b) => `severity is ${b.severity}: ${b.reason}`,
  'severity-better': (b) =>
    b.since === null
      ? 'facts are no longer better than the severity'
      : 'facts are better than the severity shown',
  'page-queued': (b) =>
    `page to ${b.page.person} (${b.page.level}, ${b.page.cause})${b.page.note === null ? '' : `: ${b.page.note}`}`,
  'page-delivered': (b) => `page delivered by ${b.channel}: ${b.detail}`,
  'page-failed': (b) =>
    `page ${b.final ? 'failed for good' : 'failed, is tried again'} by ${b.channel}: ${b.detail}`,
  'page-receipt': (b) => `page by ${b.channel}: ${b.text}`,
  acknowledged: (b) => `acknowledged by ${sayActor(b.by)}${b.via === undefined ? '' : ` ${b.via}`}`,
  escalated: (b) => `escalated to level ${b.level}, ${b.target}${b.note === null ? '' : `: ${b.note}`}`,
  'evidence-requested': (b) => `${b.actionIds.length} reads started: ${b.because}`,
  'evidence-collected': ({ evidence: e }) =>
    `evidence ${e.label}: ${e.outcome}${e.mode === 'equivalent' ? ', by an equivalent' : ''}${e.reason === null ? '' : `; ${e.reason}`}`,
  'evidence-completed': () => 'every read has ended or was cut off',
  diagnosed: (b) =>
    `diagnosis: ${b.diagnoses.map((d) => `${d.id} ${d.subject} ${d.confidence.toFixed(2)}`).join(', ') || 'none'}`,
  'steps-requested': (b) => `${b.actionIds.length} steps of the document fit ${b.diagnosis.id}`,
  'no-safe-step': (b) => `no safe step in this document: ${b.because}`,
  'step-proposed': (b) => `step offered: ${b.step.command}; ${b.step.blastRadius}`,
  'step-blocked': (b) => `step blocked: ${b.step.command}; ${b.because}`,
  'step-approved': (b) =>
    b.automatic === undefined
      ? `step ${b.stepId} approved by ${sayActor(b.by)}`
      : `step ${b.stepId} approved by the team's policy, without a person: ${b.automatic.because}`,
  'step-denied': (b) => `step ${b.stepId} denied by ${sayActor(b.by)}: ${b.reason}`,
  'step-expired': (b) => `offer of step ${b.stepId} ${b.because ?? 'expired'}`,
  'check-overridden': (b) =>
    `${sayActor(b.by)} overrode ${b.checks.join(', ')} for step ${b.stepId}: ${b.reason}`,
  'done-by-hand': (b) => `step ${b.stepId} done by hand by ${sayActor(b.by)}: ${b.note}`,
  'command-asked': (b) => `${sayActor(b.by)} asks for ${b.action.text}: ${b.reason}`,
  'undo-requested': (b) => `${sayActor(b.by)} asks to take step ${b.stepId} back`,
  'step-cancelled': (b) => `step ${b.stepId} cancelled by ${sayActor(b.by)}: ${b.reason}`,
  'step-ready': (b) => `step ${b.stepId} has its turn`,
  'step-started': (b) => `step ${b.stepId} started`,
  'step-finished': (b) => `step ${b.stepId} ${b.outcome}: ${b.text}`,
  mitigated: (b) => `harm ended at ${sayInstant(b.impactEndAt)} by ${b.by}: ${b.because}`,
  'smoke-test-requested': () => 'smoke tests started',
  'smoke-tested': (b) =>
    `smoke tests: ${b.checks.map((c) => `${c.ok ? 'ok' : 'failed'} ${c.name}`).join(', ')}`,
  verified: (b) => `service verified: ${b.because}; watched until ${sayInstant(b.holdUntil)}`,
  stable: () => 'stability confirmed',
  reopened: (b) => `reopened: ${b.because}`,
  resolved: (b) => `resolved by ${sayActor(b.by)}${b.note === null ? '' : `: ${b.note}`}`,
  reviewed: (b) =>
    `review held, says ${sayActor(b.by)}: ${b.note ?? 'no note'}${b.link === null ? '' : `; ${b.link}`}`,
  'split-off': (b) => `#${b.into.number}, ${b.title}, split off by ${sayActor(b.by)}: ${b.reason}`,
  'merged-into': (b) => `merged into #${b.into.number} by ${sayActor(b.by)}: ${b.reason}`,
  'took-over': (b) => `#${b.from.number}, ${b.title}, merged into this by ${sayActor(b.by)}: ${b.reason}`,
  'phase-overdue': (b) =>
    `phase ${b.phase}, ${b.name}, is over its window${b.nudged === undefined ? '' : `; ${b.nudged} was reminded`}`,
  'external-due': (b) =>
    `${b.contact.name} is to be called${b.mail === 'queued' ? ', and is sent a message' : ''}`,
  'external-mailed': (b) => `message to ${b.callId} ${b.outcome}: ${b.detail}`,
  'external-called': (b) => `${b.callId} called by ${sayActor(b.by)}: ${b.note}`,
  'checklist-ticked': (b) => `checklist: ${b.line.text}; ${b.line.because ?? ''}`,
  'hands-off': (b) => `hands off ${b.on ? 'set' : 'lifted'} by ${sayActor(b.by)}: ${b.reason}`,
  'update-due': (b) => `update for ${b.audience} is due`,
  'update-reminded': (b) => `${b.person} was reminded of the update for ${b.audience}`,
  'update-missed': (b) =>
    `the update for ${b.audience} that was due at ${sayInstant(b.dueAt)} was missed${b.instants === 1 ? '' : `, and ${b.instants - 1} before it`}`,
  'update-posted': ({ update: u }) =>
    `update for ${u.audience} by ${sayActor(u.by)} (${u.status})${u.insisted === undefined ? '' : `, insisted on: ${u.insisted.reason}`}: ${u.body}`,
  'impact-corrected': (b) =>
    `impact corrected by ${sayActor(b.by)} to ${sayInstant(b.startAt)} - ${b.endAt === null ? 'now' : sayInstant(b.endAt)}: ${b.reason}`,
  assigned: (b) => `${b.role} handed to ${b.to} by ${sayActor(b.by)}: ${b.reason}`,
  snoozed: (b) => `snoozed until ${sayInstant(b.until)} by ${sayActor(b.by)}: ${b.reason}`,
  'snooze-ended': (b) => `snooze ended: ${b.because}`,
  noted: (b) => `note by ${sayActor(b.by)}: ${b.text}`,
};

/** What happened, in one sentence. */
export function sayEvent(body: Body): string {
  const say = sayings[body.type] as (one: Body) => string;
  return say(body);
}
