import type { EpochMs, RestrictedFlag } from '#facts';

/** Where a signal comes from: A outside probe, B request metrics, C cluster objects, D direct reads, E external alert, H a person. */
export type SourceClass = 'A' | 'B' | 'C' | 'D' | 'E' | 'H';

/** One source saying that something is wrong; it is gone from the list when the source says it is right again. */
export interface Signal {
  /** Stable while the same thing is wrong, for example `A:errors` or `C:node/node-b`. */
  readonly key: string;
  readonly sourceClass: SourceClass;
  /** Kind of detector of the runbook, for example `error-rate`; see the plan's detectors. */
  readonly detector: string;
  readonly subject: string;
  readonly since: EpochMs;
  readonly summary: string;
}

/** Measured harm of one tenant, as its clients see it. */
export interface TenantImpact {
  readonly tenant: string;
  readonly requests: number;
  readonly failed: number;
  /** failed / requests, 0 to 1. */
  readonly errorRatio: number;
  readonly p95Ms: number | null;
  /** False: too little traffic to judge. */
  readonly judged: boolean;
  readonly harm: 'errors' | 'slow' | 'none';
}

/** Measured harm of one probed function over the last 10 s. */
export interface FunctionImpact {
  readonly name: string;
  readonly critical: boolean;
  readonly requests: number;
  readonly failed: number;
  /** Errors above the document's limit. */
  readonly harmed: boolean;
}

export type SeverityId = string;

/** What all sources together say at one instant. Pure result of `assess`. */
export interface Assessment {
  readonly at: EpochMs;
  /** quiet: nothing wrong. notice: an ugly object without harm. suspected: one class only. confirmed: an outage. */
  readonly verdict: 'quiet' | 'notice' | 'suspected' | 'confirmed';
  readonly signals: readonly Signal[];
  readonly tenants: readonly TenantImpact[];
  readonly zones: readonly string[];
  /** Services and dependencies that are hit, for example `service/api-service`. */
  readonly services?: readonly string[];
  readonly functions?: readonly FunctionImpact[];
  /** Severity by the decision table, null unless confirmed. */
  readonly severity: SeverityId | null;
  /** One sentence with numbers; also says what is not known yet. */
  readonly reason: string;
  readonly confirmedBy: readonly SourceClass[];
  /** Since when, without a break, an outage was suspected or confirmed or clients were harmed; absent while nothing is. */
  readonly suspectedSince?: EpochMs;
  /** Estimated start of harm (first failing sample that belongs to it); null while nothing fails. */
  readonly impactStartAt: EpochMs | null;
  /** Start of the newest failing or too slow request; null while none is in the window. */
  readonly lastHarmAt: EpochMs | null;
  /** True when outside probes, and all else that can be read, are green with enough samples since the last harm. */
  readonly restored: boolean;
  /** The service and the control target both fail: page after 30 s without a severity, change nothing. */
  readonly blind?: true;
  /** Integrity or security is at stake: few may read it, no text for the public is drafted. */
  readonly restricted?: RestrictedFlag;
}
