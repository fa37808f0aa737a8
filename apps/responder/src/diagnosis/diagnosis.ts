import type { CAUSES, ownCause } from '@tocsin/runbook';
import type { EpochMs } from '#facts';

/** The stable id of a cause that a runbook can answer, `scenario:ID` for one that it defines itself, or `unknown`. */
export type CauseId = (typeof CAUSES)[number] | ReturnType<typeof ownCause> | 'unknown';

/** A named cause, with what speaks for and against it. */
export interface Diagnosis {
  readonly id: CauseId;
  /** `node/NAME`, `deployment/NAME`, `statefulset/NAME`, `service/NAME`, `networkpolicy/NAME`, `tenant/ID`, or empty for unknown. */
  readonly subject: string;
  /** 0 to 1: the share of such statements that turn out right. */
  readonly confidence: number;
  readonly for: readonly string[];
  readonly against: readonly string[];
  /** What is not known yet and would settle it; empty when settled. */
  readonly settles: readonly string[];
  /** When the newest record that it rests on (a log line, a check) was seen; absent: it rests on objects as they stand now. */
  readonly seenAt?: EpochMs;
}
