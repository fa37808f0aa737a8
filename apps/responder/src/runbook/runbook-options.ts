import type { Change, Plan } from '@tocsin/runbook';
import type { Plans } from '#incidents';
import type { Database, Logger } from '#platform';
import type { AdoptPolicy } from './decide-adoption.ts';

export interface RunbookOptions {
  readonly db: Database;
  readonly plans: Pick<Plans, 'storePlan'>;
  readonly serviceId: string;
  readonly file: string;
  readonly policy: AdoptPolicy;
  /** What the second plan does differently from the first; empty when only prose was edited. */
  readonly diff: (old: Plan, next: Plan) => readonly Change[];
  /** Hears of every plan that comes into use, also when another responder took it. */
  readonly onPlan: (plan: Plan) => void;
  readonly log: Logger;
  /** How often the file is looked at. Default 500 ms. */
  readonly everyMs?: number;
}
