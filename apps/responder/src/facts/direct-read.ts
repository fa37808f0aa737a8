import type { EpochMs } from './epoch-ms.ts';
import type { ProbeOutcome } from './probe-sample.ts';

/** One direct read of one pod or dependency, past the load balancer (source class D). */
export interface DirectRead {
  readonly at: EpochMs;
  /** `pod/NAME`, or a dependency such as `statefulset/postgres`. */
  readonly subject: string;
  readonly nodeName: string | null;
  readonly outcome: ProbeOutcome;
  readonly status: number | null;
  readonly durationMs: number;
}
