import type { EpochMs } from './epoch-ms.ts';

/** Error lines of one pod that mean the same thing, counted over the last 5 minutes. */
export interface LogSignature {
  /** `sqlstate:53300`, `refused:HOST:PORT`, `unreachable:HOST:PORT`, `module-not-found`, `connect-timeout`, `query-timeout`, `pool-timeout`, `cache-timeout`, `out-of-memory`. */
  readonly signature: string;
  readonly pod: string;
  readonly count: number;
  readonly lastAt: EpochMs;
}
