import type { TeamDocument } from '@tocsin/contract';
import type { Database, Logger } from '#platform';
import type { TeamConfig } from './team.ts';

/** What a team is followed with. */
export interface TeamOptions {
  readonly db: Database;
  readonly serviceId: string;
  /** The configuration's team: in use until one is applied. */
  readonly start: TeamConfig;
  /** What of the configuration a team does not fit, place and expectation; null: it fits. Absent: nothing is asked. */
  readonly misfitOf?: (team: TeamDocument) => string | null;
  readonly log: Logger;
}
