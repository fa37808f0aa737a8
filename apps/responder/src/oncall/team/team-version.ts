import type { TeamDocument } from '@tocsin/contract';
import type { EpochMs } from '#facts';
import type { NamedActor } from '../on-call-actor.ts';
import type { OnCallChange } from './on-call-change.ts';

/** One applied team; version 0 is the configuration's, which nobody applied. */
export interface TeamVersion {
  readonly version: number;
  readonly document: TeamDocument;
  /** What it changed, one sentence each. */
  readonly changes: readonly string[];
  readonly takenAt: EpochMs | null;
  readonly takenBy: NamedActor | null;
}

/** The team in use, and what people have entered beside it. */
export interface TeamState {
  readonly inUse: TeamVersion;
  readonly changes: readonly OnCallChange[];
}
