import type { TeamDocument, TeamFault } from '@tocsin/contract';
import type { Database, Logger } from '#platform';
import type { TeamConfig } from './team.ts';

/** What a team is followed with. */
export interface TeamOptions {
  readonly db: Database;
  readonly serviceId: string;
  /** The configuration's team: in use until one is applied. */
  readonly start: TeamConfig;
  /** What of a team the configuration does not serve, each with its place. Absent: nothing is asked. */
  readonly misfitsOf?: (team: TeamDocument) => readonly TeamFault[];
  readonly log: Logger;
}
