import type { EpochMs } from './epoch-ms.ts';

/** What Prometheus answered to an expression of the runbook (source class B). */
export interface QueryAnswer {
  readonly at: EpochMs;
  readonly expression: string;
  /** Why there is no answer; null when there is one. */
  readonly problem: string | null;
  readonly series: readonly {
    /** As Prometheus writes them, for example `{pod="a"}`. */
    readonly labels: string;
    readonly value: number;
  }[];
}
