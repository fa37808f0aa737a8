import type { Plan } from '@tocsin/runbook';
import type { Registry } from 'prom-client';
import type { Assessment } from '#detection';
import type { EpochMs, Facts } from '#facts';
import type { Actor, EvidenceSummary, Incident, IncidentEvent, InputBody } from '#incidents';
import type { OnCallView, Person } from '#oncall';
import type { Database, Logger } from '#platform';

/** The core's verbs. A refusal is thrown as AppError. */
export interface IncidentsPort {
  /** Newest first. */
  list(state: 'open' | 'closed' | 'all', limit: number): Promise<readonly Incident[]>;
  get(id: string): Promise<Incident | null>;
  /** Oldest first. */
  events(id: string): Promise<readonly IncidentEvent[]>;
  apply(id: string, actor: Actor, body: InputBody): Promise<Incident>;
  /** Opens an incident, or merges into the open one. */
  declare(actor: Actor, what: { readonly severity: string; readonly text: string }): Promise<Incident>;
  /** Calls `hear` after every commit that changed an incident; null: some may have been missed. */
  onChange(hear: (change: { readonly id: string; readonly revision: number } | null) => void): () => void;
}

/** What a read returned, as the steps room keeps it. */
export interface StoredEvidence extends EvidenceSummary {
  readonly incidentId: string;
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly droppedBytes: number;
}

/** A page in a person's inbox, as the comms room keeps it. */
export interface InboxMessage {
  readonly id: string;
  readonly incidentId: string;
  readonly subject: string;
  readonly body: string;
  readonly at: EpochMs;
  readonly readAt: EpochMs | null;
}

/** Everything the API needs of the other rooms; the composition root fills it. */
export interface ApiPorts {
  readonly database: Database;
  readonly log: Logger;
  readonly metrics: Registry;
  readonly people: readonly Person[];
  readonly incidents: IncidentsPort;
  readonly plans: {
    current(): { readonly plan: Plan; readonly file: string; readonly markdown: string };
    /** The plan pinned by its hash; null when no such plan was ever in use. */
    pinned(hash: string): Promise<Plan | null>;
  };
  readonly evidence: (id: string) => Promise<StoredEvidence | null>;
  readonly inbox: (personId: string) => Promise<readonly InboxMessage[]>;
  /** Markdown; null when there is no such incident. */
  readonly review: (incidentId: string) => Promise<string | null>;
  readonly onCall: (at: EpochMs) => OnCallView | Promise<OnCallView>;
  /** The newest facts and what they were judged to mean; null before the first judgement, or on a replica that does not watch. */
  readonly watched: () => { readonly facts: Facts; readonly assessment: Assessment } | null;
  readonly service: {
    readonly id: string;
    readonly namespace: string;
    readonly deployment: string;
    readonly service: string;
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
