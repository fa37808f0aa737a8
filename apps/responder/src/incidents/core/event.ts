import type { Action } from '@tocsin/runbook';
import type { Assessment, SeverityId } from '#detection';
import type { Diagnosis } from '#diagnosis';
import type { EpochMs } from '#facts';
import type { ExternalContact } from '#oncall';
import type { Actor } from './actor.ts';
import type {
  ChecklistLine,
  Check,
  Drill,
  EvidenceSummary,
  IncidentRef,
  IncidentRole,
  MitigatedBy,
  Page,
  ProposedStep,
} from './incident.ts';
import type { Update, UpdateAudience } from './updates/update.ts';

/** Everything that can happen to an incident: the timeline is the list of these. */
export type EventBody =
  | {
      readonly type: 'opened';
      readonly id: string;
      readonly number: number;
      readonly serviceId: string;
      readonly planHash: string;
      readonly title: string;
      readonly drill: Drill | null;
      readonly assessment: Assessment;
      readonly severity: SeverityId;
      readonly severityReason: string;
      readonly impactStartAt: EpochMs;
      readonly impactStartMethod: string;
      readonly checklist: readonly string[];
      /** Only when a person split it off. */
      readonly splitFrom?: IncidentRef;
    }
  | { readonly type: 'assessed'; readonly assessment: Assessment }
  | {
      readonly type: 'severity-changed';
      readonly severity: SeverityId;
      readonly reason: string;
      readonly floor: SeverityId | null;
      /** The worst so far, this one included. */
      readonly worst: SeverityId;
    }
  | { readonly type: 'severity-better'; readonly since: EpochMs | null }
  | { readonly type: 'page-queued'; readonly page: Page }
  | {
      readonly type: 'page-delivered';
      readonly pageId: string;
      readonly channel: string;
      readonly detail: string;
    }
  | {
      readonly type: 'page-failed';
      readonly pageId: string;
      readonly channel: string;
      readonly detail: string;
      readonly final: boolean;
    }
  | {
      readonly type: 'page-receipt';
      readonly pageId: string;
      readonly channel: string;
      readonly text: string;
      readonly skipped?: boolean;
    }
  | { readonly type: 'acknowledged'; readonly by: Actor; readonly via?: string }
  | {
      readonly type: 'escalated';
      readonly level: number;
      readonly target: string;
      readonly note: string | null;
    }
  | { readonly type: 'evidence-requested'; readonly actionIds: readonly string[]; readonly because: string }
  | { readonly type: 'evidence-collected'; readonly evidence: EvidenceSummary }
  | { readonly type: 'evidence-completed' }
  | { readonly type: 'diagnosed'; readonly diagnoses: readonly Diagnosis[] }
  | { readonly type: 'steps-requested'; readonly actionIds: readonly string[]; readonly diagnosis: Diagnosis }
  | { readonly type: 'no-safe-step'; readonly diagnosis: Diagnosis; readonly because: string }
  | { readonly type: 'step-proposed'; readonly step: ProposedStep; readonly expiresAt: EpochMs }
  | { readonly type: 'step-blocked'; readonly step: ProposedStep; readonly because: string }
  | {
      readonly type: 'step-approved';
      readonly stepId: string;
      readonly by: Actor;
      readonly bindingHash: string;
      /** Approved by the team's policy, without a person. */
      readonly automatic?: { readonly actionId: string; readonly because: string };
      readonly via?: string;
    }
  | {
      readonly type: 'step-denied';
      readonly stepId: string;
      readonly by: Actor;
      readonly reason: string;
      readonly via?: string;
    }
  | {
      readonly type: 'step-expired';
      readonly stepId: string;
      /** Why before its time; absent when nobody approved it in time. */
      readonly because?: string;
    }
  | {
      readonly type: 'check-overridden';
      readonly stepId: string;
      readonly checks: readonly string[];
      readonly by: Actor;
      readonly reason: string;
    }
  | { readonly type: 'done-by-hand'; readonly stepId: string; readonly by: Actor; readonly note: string }
  | {
      readonly type: 'command-asked';
      readonly action: Action;
      readonly by: Actor;
      readonly reason: string;
    }
  | { readonly type: 'undo-requested'; readonly stepId: string; readonly by: Actor }
  | { readonly type: 'step-cancelled'; readonly stepId: string; readonly by: Actor; readonly reason: string }
  | { readonly type: 'step-ready'; readonly stepId: string }
  | { readonly type: 'step-started'; readonly stepId: string }
  | {
      readonly type: 'step-finished';
      readonly stepId: string;
      readonly outcome: 'succeeded' | 'failed' | 'unknown' | 'blocked';
      readonly text: string;
      readonly postChecks: readonly Check[];
      readonly evidenceId: string | null;
    }
  | {
      readonly type: 'mitigated';
      readonly impactEndAt: EpochMs;
      readonly by: MitigatedBy;
      readonly because: string;
      /** Where nothing measures whether it comes back: until when people are waited for to say so. */
      readonly holdUntil?: EpochMs;
    }
  | { readonly type: 'smoke-test-requested' }
  | { readonly type: 'smoke-tested'; readonly checks: readonly Check[] }
  | { readonly type: 'verified'; readonly because: string; readonly holdUntil: EpochMs }
  | { readonly type: 'stable' }
  /** `by`: a person says so, whatever is measured. */
  | { readonly type: 'reopened'; readonly because: string; readonly by?: Actor }
  | {
      readonly type: 'assigned';
      readonly role: IncidentRole;
      readonly to: string;
      readonly by: Actor;
      readonly reason: string;
    }
  | { readonly type: 'snoozed'; readonly until: EpochMs; readonly by: Actor; readonly reason: string }
  | { readonly type: 'snooze-ended'; readonly because: string }
  | { readonly type: 'resolved'; readonly by: Actor; readonly note: string | null }
  | {
      readonly type: 'reviewed';
      readonly by: Actor;
      readonly note: string | null;
      readonly link: string | null;
    }
  | {
      readonly type: 'split-off';
      readonly into: IncidentRef;
      readonly title: string;
      readonly by: Actor;
      readonly reason: string;
    }
  | {
      readonly type: 'merged-into';
      readonly into: IncidentRef;
      readonly by: Actor;
      readonly reason: string;
    }
  | {
      readonly type: 'took-over';
      readonly from: IncidentRef;
      readonly title: string;
      readonly impactStartAt: EpochMs;
      readonly impactStartMethod: string;
      readonly lastHarmAt: EpochMs | null;
      readonly affectedTenants?: readonly string[];
      /** Detection followed that incident, and follows this one from now on. */
      readonly followed: boolean;
      readonly by: Actor;
      readonly reason: string;
    }
  | {
      readonly type: 'impact-corrected';
      readonly startAt: EpochMs;
      readonly endAt: EpochMs | null;
      readonly by: Actor;
      readonly reason: string;
    }
  | {
      readonly type: 'phase-overdue';
      readonly phase: number;
      readonly name: string;
      /** Whom it was said to; absent when to nobody. */
      readonly nudged?: string;
    }
  | {
      readonly type: 'external-due';
      readonly callId: string;
      readonly contact: ExternalContact;
      /** Whether a message goes to them by itself, and why it does not although it should. */
      readonly mail: 'queued' | 'none';
      readonly because?: string;
    }
  | {
      readonly type: 'external-mailed';
      readonly callId: string;
      readonly outcome: 'sent' | 'failed';
      readonly detail: string;
    }
  | { readonly type: 'external-called'; readonly callId: string; readonly by: Actor; readonly note: string }
  | { readonly type: 'checklist-ticked'; readonly line: ChecklistLine }
  | { readonly type: 'hands-off'; readonly on: boolean; readonly by: Actor; readonly reason: string }
  /** Of a release whose clocks only said so. */
  | { readonly type: 'update-due'; readonly audience: string }
  | {
      readonly type: 'update-reminded';
      readonly audience: UpdateAudience;
      readonly dueAt: EpochMs;
      readonly person: string;
    }
  | {
      readonly type: 'update-missed';
      readonly audience: UpdateAudience;
      /** The newest instant that passed without one; `instants` were found missed together. */
      readonly dueAt: EpochMs;
      readonly instants: number;
    }
  | { readonly type: 'update-posted'; readonly update: Update }
  | {
      readonly type: 'noted';
      readonly by: Actor;
      readonly text: string;
      /** Id of the document's role that it says is called for and filled by nobody. */
      readonly unfilledRole?: string;
    };

/** A stored event: body, when, who, why, and its place in the incident's log. */
export interface IncidentEvent {
  readonly seq: number;
  readonly at: EpochMs;
  readonly actor: Actor;
  /** Why the decider did it. */
  readonly because: string;
  readonly body: EventBody;
}
