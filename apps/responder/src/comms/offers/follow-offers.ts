import type { Incidents } from '#incidents';
import type { Person } from '#oncall';
import type { Database, Logger } from '#platform';
import { followIncidents } from '../follow-incidents.ts';
import { askForApprovals } from './ask-for-approvals.ts';

export interface OffersOptions {
  readonly db: Database;
  readonly incidents: Pick<Incidents, 'get' | 'onChange'>;
  readonly people: () => readonly Person[];
  readonly publicUrl: string | null;
  readonly log: Logger;
}

/**
 * Tells the people of an incident of each change that waits for approval, in Slack, as notices: no page waits for them. Rows know
 * what was told, so that nothing is told twice, and what was missed is told at the next look.
 */
export function followOffers(options: OffersOptions): Promise<{ stop(): Promise<void> }> {
  const { incidents, log } = options;
  return followIncidents({ incidents, log, look: (ids) => askForApprovals(options, ids) });
}
