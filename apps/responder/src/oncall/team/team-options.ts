import type { Database, Logger } from '#platform';
import type { TeamConfig } from './team.ts';

/** What a team is followed with. */
export interface TeamOptions {
  readonly db: Database;
  readonly serviceId: string;
  /** The configuration's team: in use until one is applied. */
  readonly start: TeamConfig;
  readonly log: Logger;
}
