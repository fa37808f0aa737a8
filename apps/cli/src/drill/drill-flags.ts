import type { RunFile } from '../up/state.ts';

/** The options of `tocsin drill`. */
export interface DrillFlags {
  readonly stateDir: string;
  readonly runbook: string;
  readonly own?: boolean;
  readonly approve?: boolean;
  readonly hold?: string;
  readonly limit: string;
  readonly node?: string;
  readonly killResponder?: string;
  readonly list?: boolean;
  readonly all?: boolean;
  readonly only?: string;
  readonly seeing?: boolean;
  readonly record?: string;
  readonly json?: boolean;
}

/** What all drills of one command share. */
export interface DrillsGoing {
  readonly flags: DrillFlags;
  readonly run: () => RunFile;
  readonly stop: AbortSignal;
  readonly say: (text: string) => void;
}
