import type { Alerts } from '#alerts';
import type { Plan } from '@tocsin/runbook';
import type { Registry } from 'prom-client';
import type { Assessment } from '#detection';
import type { Diagnosis } from '#diagnosis';
import type { EpochMs, Facts } from '#facts';
import type { Comms, InboxMessage } from '#comms';
import type { Actor, Incident, Incidents, Plans } from '#incidents';
import type { LiveTeam, Person } from '#oncall';
import type { Database, Logger } from '#platform';
import type { Runbook } from '#runbook';
import type { EvidenceRecord, LiveOutput } from '#steps';

/** Everything the API needs of the other rooms; the composition root fills it. */
export interface ApiPorts {
  readonly database: Database;
  readonly alerts: Alerts;
  readonly log: Logger;
  readonly metrics: Registry;
  /** Everybody who may sign in, as of now. */
  readonly people: () => readonly Person[];
  readonly team: Pick<
    LiveTeam,
    | 'current'
    | 'state'
    | 'refresh'
    | 'versions'
    | 'whyRefused'
    | 'apply'
    | 'change'
    | 'swap'
    | 'endChange'
    | 'onChange'
  >;
  readonly incidents: Pick<
    Incidents,
    | 'apply'
    | 'merge'
    | 'split'
    | 'leaksIn'
    | 'get'
    | 'list'
    | 'events'
    | 'onChange'
    | 'handsOff'
    | 'setHandsOff'
  >;
  /** Opens an incident on a person's word, with what is measured now. Throws AppError `conflict` when one is open. */
  readonly declare: (
    what: { readonly severity: string; readonly text: string },
    actor: Actor,
  ) => Promise<Incident>;
  readonly comms: Pick<
    Comms,
    | 'openLink'
    | 'openSummary'
    | 'acknowledgeSummary'
    | 'hearTwilio'
    | 'hearSlack'
    | 'contactsOf'
    | 'sendCode'
    | 'verifyContact'
    | 'devices'
    | 'updates'
    | 'tenantLinks'
    | 'readinessFacts'
  >;
  readonly plans: Pick<Plans, 'loadPlan'>;
  /** The runbook in force. */
  readonly currentPlan: () => { readonly plan: Plan; readonly file: string; readonly markdown: string };
  readonly runbook: Pick<Runbook, 'state' | 'versions' | 'adopt' | 'onChange'>;
  readonly evidence: (id: string) => Promise<EvidenceRecord | null>;
  /** What runs for the incident right now, as far as it has come. */
  readonly liveOutput: (incidentId: string) => Promise<readonly LiveOutput[]>;
  readonly inbox: (personId: string) => Promise<readonly InboxMessage[]>;
  /** Markdown; null when there is no such incident. */
  readonly review: (incidentId: string) => Promise<string | null>;
  /** The newest facts and what they were judged to mean; null before the first judgement, or on a replica that does not watch. */
  readonly watched: () => {
    readonly facts: Facts;
    readonly assessment: Assessment;
    readonly diagnoses: readonly Diagnosis[];
  } | null;
  readonly service: {
    readonly id: string;
    readonly namespace: string;
    readonly deployment: string;
    readonly service: string;
    readonly tenants: readonly { readonly id: string }[];
  };
}

export interface ApiOptions {
  readonly version: string;
  readonly startedAt: EpochMs;
  /** Folder of the built console; null serves the API alone. */
  readonly consoleDir: string | null;
  /** Where people reach the responder; `https:` makes the session cookie Secure. */
  readonly publicUrl: string;
  /** Requests a minute and caller. Default 1200; sign-ins have a fixed 20. */
  readonly requestsPerMinute?: number;
  /** How often watched status goes to open streams, milliseconds. Default 2000. */
  readonly statusEveryMs?: number;
}
