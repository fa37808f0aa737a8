import type { RestrictedFlag } from '#facts';
import type { Assessment, SourceClass } from '../assessment.ts';
import type { SeverityRank } from '../thresholds.ts';

/** What a row of the decision table concludes, with its reason. */
export interface Ruling {
  readonly verdict: Assessment['verdict'];
  readonly rank: SeverityRank | null;
  readonly by: readonly SourceClass[];
  readonly why: string;
  /** The responder itself may be cut off: page, but change nothing. */
  readonly blind?: true;
  readonly restricted?: RestrictedFlag;
}
