import type { EpochMs } from './epoch-ms.ts';

/** What was asked of a dependency, or of the way to the service. */
export type CheckKind = 'tcp' | 'postgres' | 'redis' | 'tls' | 'dns';

/** How a check ended; `rejected`: it was reached and said no. */
export type CheckOutcome = 'ok' | 'refused' | 'timeout' | 'dns' | 'tls' | 'rejected';

/** One check of a dependency or of the way to it (source class D). */
export interface DependencyCheck {
  readonly at: EpochMs;
  readonly kind: CheckKind;
  /** `statefulset/postgres`, or `host/NAME` for a name or a certificate. */
  readonly subject: string;
  readonly outcome: CheckOutcome;
  /** What was said, in the dependency's own words; empty when there is nothing to say. */
  readonly detail: string;
  readonly durationMs: number;
  /** Measured values by name, for example `connections`, `connectionSlots`, `idleInTransaction`, `lockWaits`, `expiresInMs`, `trusted`, `firstByteMs` of an answer that did not end in time. */
  readonly values: Readonly<Record<string, number>>;
}
