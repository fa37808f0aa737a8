import type { TimelineEntry } from '@tocsin/contract';
import type { Actor, EventBody } from '#incidents';
import { iso, isoOrNull } from './iso.ts';
import type { NameOf } from './names.ts';

/** What a timeline shows of one event. */
export interface EventText {
  readonly kind: TimelineEntry['kind'];
  readonly text: string;
  readonly links?: TimelineEntry['links'];
}

type Body<Type extends EventBody['type']> = Extract<EventBody, { readonly type: Type }>;
type Describers = { readonly [Type in EventBody['type']]: (body: Body<Type>, nameOf: NameOf) => EventText };

const percent = (ratio: number): string => `${Math.round(ratio * 100)} %`;
const step = (id: string): TimelineEntry['links'] => [{ kind: 'step', id, label: 'step' }];
const page = (id: string): TimelineEntry['links'] => [{ kind: 'page', id, label: 'page' }];
const evidence = (id: string, label: string): TimelineEntry['links'] => [{ kind: 'evidence', id, label }];

const byWhom = (actor: Actor): string => (actor.kind === 'system' ? 'Tocsin' : actor.name);

/** Since when an outage was suspected, where that was known. */
function suspicion({ assessment: { suspectedSince } }: Body<'opened'>): string {
  return suspectedSince === undefined ? '' : ` (suspected since ${iso(suspectedSince)})`;
}

const ofEvidence: Record<'ended' | 'failed' | 'cut-off' | 'not-run', string> = {
  ended: 'read',
  failed: 'failed to read',
  'cut-off': 'cut off reading',
  'not-run': 'did not read',
};

const external = {
  'external-due': (b) => ({
    kind: 'incident',
    text: `Call ${b.contact.name}${b.mail === 'queued' ? '; a message goes to them by itself' : ''}${b.because === undefined ? '' : `; they are sent no message: ${b.because}`}.`,
  }),
  'external-mailed': (b) => ({
    kind: 'incident',
    text: `Message to ${b.callId} ${b.outcome === 'sent' ? 'sent' : 'failed for good'}: ${b.detail}`,
  }),
  'external-called': (b) => ({ kind: 'incident', text: `${byWhom(b.by)} called ${b.callId}: ${b.note}` }),
} satisfies Partial<Describers>;

const core = {
  opened: (b) => ({
    kind: 'incident',
    text: `${b.drill === null ? '' : `Drill ${b.drill.name}. `}Incident opened as ${b.severity}: ${b.severityReason}${suspicion(b)}`,
  }),
  assessed: (b) => ({ kind: 'measurement', text: b.assessment.reason }),
  'severity-changed': (b) => ({ kind: 'severity', text: `Severity is now ${b.severity}: ${b.reason}` }),
  'severity-better': (b) => ({
    kind: 'severity',
    text:
      b.since === null
        ? 'Measurements are no longer better than the severity.'
        : 'Measurements are better than the severity; it falls if this lasts.',
  }),
  acknowledged: (b) => ({
    kind: 'incident',
    text: `${byWhom(b.by)} acknowledged the incident${b.via === undefined ? '' : ` ${b.via}`}.`,
  }),
  assigned: (b, nameOf) => ({
    kind: 'incident',
    text: `${byWhom(b.by)} handed ${b.role} to ${nameOf(b.to)}: ${b.reason}`,
  }),
  snoozed: (b) => ({
    kind: 'incident',
    text: `${byWhom(b.by)} asked for quiet until ${iso(b.until)}: ${b.reason}`,
  }),
  'snooze-ended': (b) => ({ kind: 'incident', text: `People are called again: ${b.because}` }),
  noted: (b) => ({ kind: 'note', text: b.text }),
  'checklist-ticked': (b) => ({ kind: 'note', text: `Checklist: ${b.line.text}` }),
  'hands-off': (b) => ({
    kind: 'step',
    text: `Hands off ${b.on ? 'is on: nothing is changed in the cluster' : 'is off: approved changes run again'} (${b.reason})`,
  }),
  'phase-overdue': (b, nameOf) => ({
    kind: 'incident',
    text: `The window of phase ${b.phase}, ${b.name}, has passed${b.nudged === undefined ? '' : `; ${nameOf(b.nudged)} was reminded`}.`,
  }),
  'update-due': (b) => ({ kind: 'incident', text: `An update to ${b.audience} is due.` }),
  ...external,
  'update-reminded': (b, nameOf) => ({
    kind: 'update',
    text: `${nameOf(b.person)} was reminded: an update to ${b.audience} is due soon.`,
  }),
  'update-missed': (b) => ({
    kind: 'update',
    text: `MISSED: nothing was told to ${b.audience} by ${iso(b.dueAt)}${b.instants === 1 ? '' : `, nor ${b.instants - 1} times before`}.`,
  }),
  'update-posted': ({ update: u }) => ({
    kind: 'update',
    text: `${byWhom(u.by)} told ${u.audience} (${u.status})${u.insisted === undefined ? '' : `, INSISTING: ${u.insisted.reason}`}: ${u.body}`,
  }),
} satisfies Partial<Describers>;

const pages = {
  'page-queued': (b, nameOf) => ({
    kind: 'page',
    text: `Paging ${nameOf(b.page.person)} (${b.page.level})${b.page.note === null ? '' : `: ${b.page.note}`}`,
    links: page(b.page.id),
  }),
  'page-delivered': (b) => ({
    kind: 'page',
    text: `Page delivered by ${b.channel}: ${b.detail}`,
    links: page(b.pageId),
  }),
  'page-failed': (b) => ({
    kind: 'page',
    text: `Page by ${b.channel} failed${b.final ? ' for good' : ', will be tried again'}: ${b.detail}`,
    links: page(b.pageId),
  }),
  'page-receipt': (b) => ({
    kind: 'page',
    text: `Page by ${b.channel}: ${b.text}`,
    links: page(b.pageId),
  }),
  escalated: (b) => ({
    kind: 'page',
    text: `Escalated to level ${b.level}, ${b.target}${b.note === null ? '' : `: ${b.note}`}`,
  }),
} satisfies Partial<Describers>;

const findings = {
  'evidence-requested': (b) => ({
    kind: 'evidence',
    text: `Gathering evidence: ${b.actionIds.length} reads started at once.`,
  }),
  'evidence-collected': ({ evidence: one }) => ({
    kind: 'evidence',
    text: `Evidence, ${ofEvidence[one.outcome]}: ${one.label}${one.reason === null ? '' : ` (${one.reason})`}`,
    links: evidence(one.id, one.command),
  }),
  'evidence-completed': () => ({ kind: 'evidence', text: 'Every requested read has ended or was cut off.' }),
  diagnosed: ({ diagnoses: [first] }) => ({
    kind: 'diagnosis',
    text:
      first === undefined
        ? 'No cause found yet.'
        : `Diagnosis: ${first.id} ${first.subject}, ${percent(first.confidence)} sure`,
  }),
} satisfies Partial<Describers>;

const steps = {
  'steps-requested': (b) => ({
    kind: 'step',
    text: `Preparing ${b.actionIds.length} steps of the runbook for ${b.diagnosis.id} ${b.diagnosis.subject}`,
  }),
  'no-safe-step': (b) => ({ kind: 'step', text: `No step can be offered: ${b.because}` }),
  'step-proposed': (b) => ({
    kind: 'step',
    text: `Proposed: ${b.step.command}`,
    links: step(b.step.id),
  }),
  'step-blocked': (b) => ({
    kind: 'step',
    text: `Not offered: ${b.step.command} (${b.because})`,
    links: step(b.step.id),
  }),
  'step-approved': (b) => ({
    kind: 'step',
    text:
      b.automatic === undefined
        ? `${byWhom(b.by)} approved ${b.stepId}${b.via === undefined ? '' : ` ${b.via}`}`
        : `Approved by the team's policy, without a person: ${b.stepId} (${b.automatic.because})`,
    links: step(b.stepId),
  }),
  'step-denied': (b) => ({
    kind: 'step',
    text: `${byWhom(b.by)} denied ${b.stepId}${b.via === undefined ? '' : ` ${b.via}`}: ${b.reason}`,
    links: step(b.stepId),
  }),
  'step-expired': (b) => ({
    kind: 'step',
    text: `The offer of ${b.stepId} ${b.because === undefined ? 'expired' : `was ${b.because}`}`,
    links: step(b.stepId),
  }),
  'check-overridden': (b) => ({
    kind: 'step',
    text: `${byWhom(b.by)} OVERRODE ${b.checks.join(', ')} for ${b.stepId}: ${b.reason}`,
    links: step(b.stepId),
  }),
  'done-by-hand': (b) => ({
    kind: 'step',
    text: `${byWhom(b.by)} did ${b.stepId} by hand: ${b.note}`,
    links: step(b.stepId),
  }),
  'command-asked': (b) => ({ kind: 'step', text: `${byWhom(b.by)} asked for ${b.action.text}: ${b.reason}` }),
  'undo-requested': (b) => ({
    kind: 'step',
    text: `${byWhom(b.by)} asked for the way back of ${b.stepId}`,
    links: step(b.stepId),
  }),
  'step-cancelled': (b) => ({
    kind: 'step',
    text: `${byWhom(b.by)} cancelled ${b.stepId}: ${b.reason}`,
    links: step(b.stepId),
  }),
  'step-ready': (b) => ({ kind: 'step', text: `${b.stepId} has every approval`, links: step(b.stepId) }),
  'step-started': (b) => ({ kind: 'step', text: `Running ${b.stepId}`, links: step(b.stepId) }),
  'step-finished': (b) => ({
    kind: 'step',
    text: `${b.stepId} ${b.outcome === 'unknown' ? 'may have run' : b.outcome}: ${b.text}`,
    links:
      b.evidenceId === null
        ? step(b.stepId)
        : [...step(b.stepId), ...evidence(b.evidenceId, 'what it printed')],
  }),
} satisfies Partial<Describers>;

const recovery = {
  'smoke-test-requested': () => ({ kind: 'recovery', text: 'Smoke tests started from outside.' }),
  'smoke-tested': (b) => {
    const failed = b.checks.filter((check) => !check.ok);
    const text =
      failed.length === 0
        ? `All ${b.checks.length} smoke tests passed.`
        : `${failed.length} of ${b.checks.length} smoke tests failed: ${failed.map((check) => check.text).join('; ')}`;
    return { kind: 'recovery', text };
  },
  mitigated: (b) => ({
    kind: 'recovery',
    text:
      b.by === 'person'
        ? `The harm has ended, says ${b.because}`
        : `The harm has ended (by ${b.by}): ${b.because}`,
  }),
  verified: (b) => ({ kind: 'recovery', text: `Service verified from outside: ${b.because}` }),
  stable: () => ({ kind: 'recovery', text: 'The stability watch has passed.' }),
  reopened: (b) => ({
    kind: 'recovery',
    text:
      b.by === undefined
        ? `Harm is back, the incident is open again: ${b.because}`
        : `Opened again by ${b.because}`,
  }),
  'impact-corrected': (b) => ({
    kind: 'recovery',
    text: `${byWhom(b.by)} corrected when clients were harmed: ${iso(b.startAt)} to ${isoOrNull(b.endAt) ?? 'now'}, because: ${b.reason}`,
  }),
  resolved: (b) => ({
    kind: 'incident',
    text: `${byWhom(b.by)} closed the incident${b.note === null ? '.' : `: ${b.note}`}`,
  }),
  reviewed: (b) => ({
    kind: 'incident',
    text: `${byWhom(b.by)} says that the review was held${[b.note, b.link].map((one) => (one === null ? '' : `: ${one}`)).join('')}`,
  }),
} satisfies Partial<Describers>;

const siblings = {
  'split-off': (b) => ({
    kind: 'incident',
    text: `${byWhom(b.by)} split off #${b.into.number}, ${b.title}: ${b.reason}`,
  }),
  'merged-into': (b) => ({
    kind: 'incident',
    text: `${byWhom(b.by)} merged this into #${b.into.number}: ${b.reason}`,
  }),
  'took-over': (b) => ({
    kind: 'incident',
    text: `${byWhom(b.by)} merged #${b.from.number}, ${b.title}, into this: ${b.reason}`,
  }),
} satisfies Partial<Describers>;

/** One describer a kind of event: a new kind does not compile until it has its words. */
const describers: Describers = { ...core, ...pages, ...findings, ...steps, ...recovery, ...siblings };

/** An event in plain words. */
export function describeEvent(body: EventBody, nameOf: NameOf): EventText {
  const describe = describers[body.type] as (body: EventBody, nameOf: NameOf) => EventText;
  return describe(body, nameOf);
}
