import type { Plan } from '@tocsin/runbook';
import type { Assessment, SeverityId } from '#detection';
import type { Diagnosis } from '#diagnosis';
import type { EpochMs } from '#facts';
import type { OnCallView, Person } from '#oncall';
import type { Actor } from './actor.ts';
import type {
  Check,
  Drill,
  EvidenceSummary,
  Incident,
  IncidentRef,
  IncidentRole,
  HandsOff,
  ProposedStep,
} from './incident.ts';
import type { InternalNames } from './updates/leak.ts';
import type { UpdateAudience, UpdateStatus } from './updates/update.ts';

/** What a timer row was set for. */
export type TimerKind =
  | 'acknowledgment' // an unacknowledged page moves on
  | 'escalation' // the document's matrix on elapsed time
  | 'phase' // end of a phase's window
  | 'hold' // the stability watch
  | 'approval' // an offer expires
  | 'update' // a communication cadence
  | 'snooze'; // people are called again

export interface Timer {
  readonly kind: TimerKind;
  readonly dueAt: EpochMs;
  /** Level, phase number, step id, page id or audience, by kind. */
  readonly key: string;
}

export type InputBody =
  | {
      readonly kind: 'assess';
      readonly serviceId: string;
      readonly assessment: Assessment;
      readonly drill: Drill | null;
      readonly newId: string;
      readonly newNumber: number;
    }
  | {
      readonly kind: 'declare';
      readonly serviceId: string;
      readonly severity: SeverityId;
      readonly text: string;
      readonly assessment: Assessment;
      readonly drill: Drill | null;
      readonly newId: string;
      readonly newNumber: number;
    }
  | {
      /** Opens the incident that was split off; its other half is `split`, on the one that it came from. */
      readonly kind: 'open-split';
      readonly origin: Incident;
      readonly severity: SeverityId;
      readonly title: string;
      readonly reason: string;
      readonly newId: string;
      readonly newNumber: number;
    }
  | {
      readonly kind: 'split';
      readonly into: IncidentRef;
      readonly title: string;
      readonly severity: SeverityId;
      readonly reason: string;
    }
  /** Closes the incident into another; its other half is `take-over`, on that one, in the same transaction. */
  | { readonly kind: 'merge'; readonly into: Incident; readonly reason: string }
  | { readonly kind: 'take-over'; readonly from: Incident; readonly reason: string }
  | { readonly kind: 'diagnose'; readonly diagnoses: readonly Diagnosis[] }
  | {
      readonly kind: 'page-delivered';
      readonly pageId: string;
      readonly channel: string;
      readonly detail: string;
    }
  | {
      readonly kind: 'page-failed';
      readonly pageId: string;
      readonly channel: string;
      readonly detail: string;
      readonly final: boolean;
      /** The provider took it, and tells later that it did not arrive. */
      readonly afterwards?: boolean;
    }
  | {
      /** What a provider tells of a page that it took. */
      readonly kind: 'page-receipt';
      readonly pageId: string;
      readonly channel: string;
      readonly text: string;
      /** It was not sent, because nobody needed it any more. */
      readonly skipped?: boolean;
    }
  | {
      readonly kind: 'acknowledge';
      /** How the person said it, when it was not in the console or by the API: `by SMS`. */
      readonly via?: string;
    }
  /** Hands a role over; `to` is who takes it. */
  | { readonly kind: 'assign'; readonly role: IncidentRole; readonly to: Person; readonly reason: string }
  /** Calls the document's role, by its id. */
  | { readonly kind: 'call-role'; readonly role: string; readonly reason: string }
  | {
      /** Calls the next level of the escalation matrix now. */
      readonly kind: 'escalate';
      /** The level that was meant (1-based): asked for twice, it is called once. Absent: the next. */
      readonly to?: number;
      /** As of `acknowledge`. */
      readonly via?: string;
    }
  | { readonly kind: 'snooze'; readonly minutes: number; readonly reason: string }
  | { readonly kind: 'reopen'; readonly reason: string }
  /** A person's word that the harm has ended, where nothing measures it. */
  | { readonly kind: 'mitigated'; readonly reason: string }
  /** The review of a closed incident was held; `link`: where its text is kept. */
  | { readonly kind: 'reviewed'; readonly note: string | null; readonly link: string | null }
  | { readonly kind: 'evidence'; readonly evidence: EvidenceSummary }
  | { readonly kind: 'steps-prepared'; readonly steps: readonly ProposedStep[] }
  | {
      readonly kind: 'approve';
      readonly stepId: string;
      readonly bindingHash: string;
      /** As of `acknowledge`. */
      readonly via?: string;
    }
  /** Asks for the way back of a step that has run: prepared, and offered as a step of its own. */
  | { readonly kind: 'undo'; readonly stepId: string }
  /** Offers a step in spite of the checks that said no. */
  | { readonly kind: 'override'; readonly stepId: string; readonly reason: string }
  /** A step that only a person can do is done. */
  | { readonly kind: 'done-by-hand'; readonly stepId: string; readonly note: string }
  /** A command that no document names, through the same gate. */
  | { readonly kind: 'ask'; readonly command: string; readonly reason: string }
  | { readonly kind: 'cancel'; readonly stepId: string; readonly reason: string }
  | {
      readonly kind: 'deny';
      readonly stepId: string;
      readonly reason: string;
      /** As of `acknowledge`. */
      readonly via?: string;
    }
  | { readonly kind: 'step-started'; readonly stepId: string }
  | {
      readonly kind: 'step-finished';
      readonly stepId: string;
      readonly outcome: 'succeeded' | 'failed' | 'unknown' | 'blocked';
      readonly text: string;
      readonly postChecks: readonly Check[];
      readonly evidenceId: string | null;
    }
  | { readonly kind: 'smoke-tested'; readonly checks: readonly Check[] }
  | { readonly kind: 'timer'; readonly timer: Timer }
  | { readonly kind: 'set-severity'; readonly severity: SeverityId; readonly reason: string }
  | {
      readonly kind: 'correct-impact';
      readonly startAt: EpochMs;
      /** Null: it goes on. */
      readonly endAt: EpochMs | null;
      readonly reason: string;
    }
  | { readonly kind: 'hands-off'; readonly on: boolean; readonly reason: string }
  | { readonly kind: 'tick'; readonly text: string; readonly because: string }
  /** A person has called somebody outside. */
  | { readonly kind: 'external-called'; readonly call: string; readonly note: string }
  /** What became of the message to somebody outside. */
  | {
      readonly kind: 'external-mailed';
      readonly call: string;
      readonly outcome: 'sent' | 'failed';
      readonly detail: string;
    }
  | { readonly kind: 'note'; readonly text: string }
  | {
      readonly kind: 'post-update';
      readonly audience: UpdateAudience;
      readonly status: UpdateStatus;
      /** Markdown. */
      readonly body: string;
      /** Of the text, `de`; absent: the configured one. */
      readonly language?: string | undefined;
      /** Why it is to be sent although it tells outside what is internal. */
      readonly insist?: string;
    }
  | {
      readonly kind: 'resolve';
      readonly note: string | null;
      readonly waivers: Readonly<Record<string, string>>;
    };

/** A change that the team's policy approved. */
export interface AutomaticApproval {
  readonly actionId: string;
  readonly at: EpochMs;
}

/** The last word to an audience, drafted from what is known. */
export interface FinalUpdate {
  readonly audience: UpdateAudience;
  readonly body: string;
  /** Of the text. */
  readonly language: string;
}

/** One thing that happened, with the time and every fact the decision needs. */
export interface Input {
  readonly at: EpochMs;
  readonly actor: Actor;
  /** The person behind the actor; null for the system, and for somebody no longer known. */
  readonly person: Person | null;
  /** The plan pinned on the incident, or the current one for an input that may open one. */
  readonly plan: Plan;
  readonly onCall: OnCallView;
  /** Set while nothing at all may be changed, on any incident. */
  readonly handsOff?: HandsOff | null;
  /** What was approved without a person within the last hour, on any incident. */
  readonly automatic?: readonly AutomaticApproval[];
  /** Who answers for the incident and is known, the first is asked first; where the timer of a phase or of a snooze asks for it. */
  readonly inCharge?: readonly Person[];
  /** Who tells others of the incident, as a person; null or absent: nobody yet. */
  readonly informer?: Person | null;
  /** What must not be told outside; given with what is told. */
  readonly internalNames?: InternalNames;
  /** Given when a person closes the incident. */
  readonly finals?: readonly FinalUpdate[];
  readonly body: InputBody;
}
