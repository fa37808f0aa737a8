import type { Assessment, SeverityId } from '#detection';
import type { Diagnosis } from '#diagnosis';
import type { EpochMs } from '#facts';
import type { ExternalContact } from '#oncall';
import type { Actor } from './actor.ts';
import type { Action } from '@tocsin/runbook';
import type { ToldAudience, UpdateAudience } from './updates/update.ts';

/**
 * Status of an incident, and what leads from one to the next:
 * open      -> mitigated  when the harm has ended: measured, or by a person's word where nothing measures it
 * mitigated -> verified   when probes, smoke tests and metrics are green from outside; the stability hold starts
 * verified  -> stable     when the hold has passed; mitigated or verified -> open again when harm returns
 * mitigated -> stable     when the hold has passed that began with a person's word on what was split off
 * any       -> resolved   when a person closes it; `reviewed` says that people have held its review
 */
export type IncidentStatus = 'open' | 'mitigated' | 'verified' | 'stable' | 'resolved';

/** Why a page was sent. */
export type PageCause =
  | 'opened'
  | 'unacknowledged'
  | 'undeliverable'
  | 'escalation'
  | 'called'
  | 'severity-raised'
  | 'reopened'
  | 'role-needed'
  | 'assigned'
  | 'snooze-ended'
  | 'update-missed'
  | 'heartbeat-missing';

/** One way a page goes out, `inbox` or `email:ADDRESS`, and how far it has come. */
export interface PageChannel {
  readonly channel: string;
  readonly state: 'queued' | 'retrying' | 'delivered' | 'failed' | 'skipped';
  /** What the provider told last, for example `rang 03:02:11, answered 03:02:19`. */
  readonly receipt?: string;
}

/** One person woken once, on all the contact methods of their rules; `id` is the message id and idempotency key. */
export interface Page {
  readonly id: string;
  readonly at: EpochMs;
  readonly level: string;
  readonly person: string;
  readonly cause: PageCause;
  /** Said to the reader when the level that should have been woken is empty. */
  readonly note: string | null;
  readonly channels: readonly PageChannel[];
  readonly state: 'queued' | 'delivered' | 'failed';
  readonly deliveredAt: EpochMs | null;
  readonly acknowledgedAt: EpochMs | null;
  /** Who answered it, by id; absent while nobody has. */
  readonly acknowledgedBy?: string;
}

/** Result of one check before or after a change. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly text: string;
}

/** How well a step fits the cause that it is offered for: 1 the best. */
export interface StepFit {
  readonly rank: number;
  readonly why: string;
}

/** A change that the document names, with its values filled, offered for approval. Made by the steps room, bound by `bindingHash`. */
export interface ProposedStep {
  /** Unique within the incident: action id, and a number when offered again. */
  readonly id: string;
  readonly actionId: string;
  readonly label: string;
  /** The command as the document writes it, values filled. */
  readonly command: string;
  readonly pipeline: readonly (readonly string[])[];
  readonly effect: 'read' | 'create-temp' | 'mutate' | 'destroy';
  readonly approvalsNeeded: number;
  readonly values: Readonly<Record<string, string>>;
  /** `node/NAME`, `deployment/NAME` ... and its uid at the time of the proposal. */
  readonly target: string;
  readonly targetUid: string | null;
  /** SHA-256 over action, values, target uid and the fields it touches: what an approval is bound to. */
  readonly bindingHash: string;
  readonly dryRun: { readonly ok: boolean; readonly text: string } | null;
  /** What it makes of its object, a line a field, as the server answered; absent where that cannot be told. */
  readonly differences?: readonly string[];
  readonly checks: readonly Check[];
  readonly undo: string | null;
  readonly blastRadius: string;
  /** The branch or scenario that names it, for example `branch "Node Issue"`; absent for what the document does not name. */
  readonly section?: string;
  /** Steps of one section and series are offered together, in their order; others are alternatives: one at a time. */
  readonly series?: 'node' | 'rollout' | 'other';
  readonly fit?: StepFit;
  /** Who asked for it; absent for what a diagnosis asked the document for. Its own asker does not approve it. */
  readonly requestedBy?: Actor;
  /** The step whose effect it takes back. */
  readonly undoes?: string;
  /** Why this one and none of the others that the document names. */
  readonly chosen?: string;
  /** Why a person has to do it: it is never run, and ends when somebody says that it is done. */
  readonly manual?: string;
  /** The team has set that one person may ask and approve. */
  readonly singlePerson?: true;
  /** Checks that said no, and a person's word that it goes on all the same. */
  readonly overridden?: { readonly by: Actor; readonly reason: string; readonly checks: readonly string[] };
}

/**
 * proposed -> approved (enough approvals) -> running -> succeeded | failed | unknown; proposed -> denied | expired | blocked.
 * `unknown` = the responder died while it ran: it may have run; the post-check says what the cluster shows.
 */
export type StepStatus =
  | 'proposed'
  | 'approved'
  | 'running'
  | 'succeeded'
  | 'failed'
  | 'unknown'
  | 'denied'
  | 'expired'
  | 'blocked';

export interface Approval {
  readonly by: Actor;
  readonly at: EpochMs;
  readonly bindingHash: string;
}

export interface Step extends ProposedStep {
  readonly status: StepStatus;
  readonly proposedAt: EpochMs;
  readonly expiresAt: EpochMs;
  readonly approvals: readonly Approval[];
  /** When its turn came: enough approvals, and every step before it done. One step at a time has a turn. */
  readonly readyAt: EpochMs | null;
  readonly startedAt: EpochMs | null;
  readonly endedAt: EpochMs | null;
  readonly outcome: string | null;
  readonly postChecks: readonly Check[];
  /** A person's word that it is to be stopped. */
  readonly cancelled?: { readonly by: Actor; readonly at: EpochMs; readonly reason: string };
}

/** The switch that stops every change on every incident. */
export interface HandsOff {
  readonly by: Actor;
  readonly since: EpochMs;
  readonly reason: string;
}

/** One read of the document or of a source, kept unchanged. The text itself lies in the evidence table. */
export interface EvidenceSummary {
  readonly id: string;
  readonly actionId: string;
  readonly label: string;
  readonly command: string;
  /** `as-written`, or the equivalent that answered instead. */
  readonly mode: 'as-written' | 'equivalent';
  readonly outcome: 'ended' | 'failed' | 'cut-off' | 'not-run';
  readonly reason: string | null;
  readonly startedAt: EpochMs;
  readonly endedAt: EpochMs;
  readonly bytes: number;
}

/** Somebody outside whom a level of the matrix asks for. Only people call them; a message may go to them by itself. */
export interface ExternalCall {
  /** Unique within the incident: the contact's id, and a number when it is asked for anew. */
  readonly id: string;
  readonly contact: ExternalContact;
  readonly dueAt: EpochMs;
  /** Null when no message goes to them. */
  readonly mail: { readonly state: 'queued' | 'sent' | 'failed'; readonly detail: string | null } | null;
  readonly called: { readonly at: EpochMs; readonly by: Actor; readonly note: string } | null;
}

export interface ChecklistLine {
  readonly text: string;
  readonly tickedAt: EpochMs | null;
  readonly by: string | null;
  /** What ticked it, or the stated reason of a waiver. */
  readonly because: string | null;
}

/** A rehearsal: marks everything that belongs to it and may shorten the hold. */
export interface Drill {
  readonly id: string;
  readonly name: string;
  readonly injectedAt: EpochMs;
  readonly holdMs: number | null;
}

/** What somebody does for the whole of an incident, whoever is on call. */
export type IncidentRole = 'commander' | 'scribe' | 'communications';

/** When clients were harmed, as a person says; without an end it goes on. */
export interface ImpactCorrection {
  readonly startAt: EpochMs;
  readonly endAt: EpochMs | null;
  readonly by: Actor;
  readonly reason: string;
}

/** What the end of the harm is put down to; `person`: nothing measures it, and somebody says so. */
export type MitigatedBy = 'step' | 'platform' | 'drill' | 'person';

/** The review of a closed incident was held. */
export interface Reviewed {
  readonly at: EpochMs;
  readonly by: Actor;
  readonly note: string | null;
  /** Where its text is kept, an http or https address. */
  readonly link: string | null;
}

/** Another incident, as people name it. */
export interface IncidentRef {
  readonly id: string;
  readonly number: number;
}

/** The folded state of one outage. Plain data: JSON in, JSON out. fold(events) equals the stored row, always. */
export interface Incident {
  readonly id: string;
  readonly number: number;
  readonly serviceId: string;
  readonly planHash: string;
  readonly title: string;
  readonly status: IncidentStatus;
  readonly drill: Drill | null;
  /** Split off by a person: detection follows the incident that it came from, and people alone this one. */
  readonly detached: boolean;
  readonly splitFrom: IncidentRef | null;
  /** Closed because it is one outage with that incident. */
  readonly mergedInto: IncidentRef | null;
  /** Incidents that were merged into this one, in order. */
  readonly merged: readonly IncidentRef[];

  readonly impactStartAt: EpochMs;
  readonly impactStartMethod: string;
  /** Start of the newest failing request ever measured; outlives the window of a watcher that was started again. */
  readonly lastHarmAt: EpochMs | null;
  /** A person's word on when clients were harmed, beside what was measured; absent while nobody has corrected it. */
  readonly impactCorrection?: ImpactCorrection;
  /** Since when detection suspected an outage, not yet confirmed; absent where it did not, and on incidents of earlier releases. */
  readonly suspectedAt?: EpochMs;
  readonly detectedAt: EpochMs;
  /** When measurement first confirmed it; null while only a person's word stands for it. */
  readonly confirmedAt: EpochMs | null;
  /** The first answer; whether one is waited for is told by the pages. */
  readonly acknowledgedAt: EpochMs | null;
  /** Who answered last, by id. */
  readonly acknowledgedBy: string | null;
  /** The newest answer; absent while the first is the only one. */
  readonly answeredAt?: EpochMs;
  /** Who has which role, by id of the person; the first who takes the incident commands it. */
  readonly roles: Readonly<Partial<Record<IncidentRole, string>>>;
  /** Until when a person has asked not to be called again; null when nobody has. */
  readonly snoozedUntil: EpochMs | null;
  readonly respondedAt: EpochMs | null;
  /** End of the harm: measured, or when a person said so. */
  readonly mitigatedAt: EpochMs | null;
  readonly mitigatedBy: MitigatedBy | null;
  /** Since when clients have been measured as served again, below every limit, while some still fail; null while harmed. */
  readonly easedSince: EpochMs | null;
  /** Since when the service has measured as restored without a break. */
  readonly restoredSince: EpochMs | null;
  readonly smokeTestRequestedAt: EpochMs | null;
  readonly verifiedAt: EpochMs | null;
  readonly holdUntil: EpochMs | null;
  readonly stableAt: EpochMs | null;
  readonly resolvedAt: EpochMs | null;
  /** A person's word that the review was held; null or absent while nobody has said so. */
  readonly reviewed?: Reviewed | null;

  readonly severity: SeverityId;
  readonly severityReason: string;
  /** A person's override; the severity never falls below it. */
  readonly severityFloor: SeverityId | null;
  readonly worstSeverity: SeverityId;
  /** Since when the measured severity has been better than the shown one; it falls after 5 minutes. */
  readonly betterSince: EpochMs | null;

  readonly assessment: Assessment;
  readonly diagnoses: readonly Diagnosis[];
  readonly diagnosedAt: EpochMs | null;
  /** When the newest of its causes was named; absent before the first. */
  readonly namedAt?: EpochMs;
  /** Diagnoses that the plan was asked about, as `ID SUBJECT`. */
  readonly answeredCauses: readonly string[];
  /** When changes were last asked to be prepared. */
  readonly stepsRequestedAt: EpochMs | null;
  /** What the escalation matrix counts from: detection, or when a person opened it again after its end. */
  readonly matrixFrom: EpochMs;
  /** Highest escalation level reached, 1-based; 0 before the first page. */
  readonly escalationLevel: number;
  /** When that was reached; absent while it is the first. */
  readonly escalatedAt?: EpochMs;
  readonly pages: readonly Page[];
  readonly evidence: readonly EvidenceSummary[];
  readonly evidenceRequested: readonly string[];
  /** When reads were last asked for. */
  readonly evidenceRequestedAt: EpochMs | null;
  readonly evidenceCompleteAt: EpochMs | null;
  readonly steps: readonly Step[];
  /** Commands that no document names, as people asked for them; absent while there is none. */
  readonly asked?: readonly Action[];
  /** What each audience was told last; absent while none was told or missed anything. */
  readonly updates?: Readonly<Partial<Record<UpdateAudience, ToldAudience>>>;
  /** Every tenant that was ever measured as harmed; absent on an incident of a release that did not keep it. */
  readonly affectedTenants?: readonly string[];
  /** Since when the severity is what it is; absent while it is the first. */
  readonly severitySince?: EpochMs;
  /** When it was opened again; absent while it never was. */
  readonly activeSince?: EpochMs;
  /** Since when neither integrity nor security is at stake any more; absent while they never were, or still are for the first time. */
  readonly unrestrictedSince?: EpochMs;
  /** Ids of the document's roles that were called for while nobody could be woken for them; absent: none. */
  readonly unfilledRoles?: readonly string[];
  readonly checklist: readonly ChecklistLine[];
  /** Absent while nobody outside is to be called. */
  readonly external?: readonly ExternalCall[];
  readonly handsOff: boolean;
  /** Number of events folded so far; the next event has this sequence number. */
  readonly revision: number;
}
