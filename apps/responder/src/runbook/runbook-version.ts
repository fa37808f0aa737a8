import type { Change, Plan } from '@tocsin/runbook';
import type { EpochMs } from '#facts';
import type { Actor } from '#incidents';
import type { AdoptPolicy } from './decide-adoption.ts';

/** A runbook as it was read: its text, and that of the `NAME.bind.yaml` beside it where there is one. */
export interface RunbookText {
  readonly file: string;
  readonly markdown: string;
  readonly sidecar?: string;
}

/** A compiled runbook with its text. */
export interface RunbookDocument extends RunbookText {
  readonly plan: Plan;
}

/** `superseded`: was in use, or stood beside the one in use, and is past. */
export type VersionStatus = 'in-use' | 'offered' | 'refused' | 'superseded';

/** One version of a service's runbook as the database knows it. */
export interface VersionSummary {
  readonly hash: string;
  readonly name: string;
  readonly file: string;
  readonly status: VersionStatus;
  readonly because: string;
  /** Hash of the version in use that `changes` count from; null for the first. */
  readonly comparedWith: string | null;
  readonly changes: readonly Change[];
  readonly seenAt: EpochMs;
  /** When it was taken into use last; null: never, or not again since it was offered. */
  readonly takenAt: EpochMs | null;
  readonly takenBy: Actor | null;
}

export interface RunbookVersion extends VersionSummary {
  readonly document: RunbookDocument;
}

/** What the rows say: the version in use, and what stands beside it (`offered` or `refused`). */
export interface StoredState {
  readonly inUse: RunbookVersion | null;
  readonly standing: RunbookVersion | null;
}

/** The runbook as it stands. */
export interface RunbookState extends StoredState {
  readonly inUse: RunbookVersion;
  readonly policy: AdoptPolicy;
  /** Why the file cannot be read now, with its place; null when it can. */
  readonly unreadable: string | null;
}
