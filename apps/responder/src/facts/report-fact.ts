import type { RestrictedFlag } from './alert-fact.ts';
import type { EpochMs } from './epoch-ms.ts';

/** The runbook's four ways in which people notice an outage. */
export type ReportKind =
  | 'customer-report'
  | 'dashboard-anomaly'
  | 'degradation-notice'
  | 'degradation-report';

/** What people say about the service (source class H); several reports of one thing are one fact with a count. */
export interface ReportFact {
  readonly id: string;
  readonly kind: ReportKind;
  /** The tenant that is said to be hit; null: not said. */
  readonly tenant: string | null;
  /** Text of the first report. */
  readonly text: string;
  readonly flag: RestrictedFlag | null;
  readonly firstAt: EpochMs;
  readonly lastAt: EpochMs;
  readonly count: number;
}
