import type { EpochMs } from './epoch-ms.ts';

/** How one request from outside ended, named by the stage that failed. */
export type ProbeOutcome = 'ok' | 'http-error' | 'timeout' | 'refused' | 'dns' | 'tls' | 'aborted';

/** One request of an outside probe (source class A): what a client of the service would have seen. */
export interface ProbeSample {
  readonly startedAt: EpochMs;
  readonly endedAt: EpochMs;
  /** Name of the probed function, for example `data` or `health`. */
  readonly target: string;
  /** The tenant whose token the request carried; null for an anonymous one. */
  readonly tenant: string | null;
  readonly outcome: ProbeOutcome;
  readonly status: number | null;
  readonly durationMs: number;
}

/** The control target on another path: tells "the service is gone" from "we are cut off". */
export interface ControlSample {
  readonly at: EpochMs;
  readonly reachable: boolean;
}
