import type { Incidents } from '#incidents';
import type { Person } from '#oncall';
import type { Database, Logger } from '#platform';
import { askForApprovals } from './ask-for-approvals.ts';

/** Changes come in swarms: what gathers in so long is looked at once. */
const gatherMs = 200;

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
export async function followOffers(options: OffersOptions): Promise<{ stop(): Promise<void> }> {
  const { log, incidents } = options;
  /** Ids that changed; null: any may have. */
  let changed: Set<string> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let last: Promise<void> = Promise.resolve();

  const look = (): void => {
    const ids = changed === null ? null : [...changed];
    changed = new Set();
    timer = null;
    last = last
      .then(() => askForApprovals(options, ids))
      .catch((error: unknown) => {
        log.warn({ err: error }, 'offers: they could not be told; they are looked at again');
        changed = null;
      });
  };
  const soon = (): void => {
    timer ??= setTimeout(look, gatherMs);
  };
  const unlisten = await incidents.onChange(({ id }) => {
    if (id === null) changed = null;
    else changed?.add(id);
    soon();
  });
  soon();
  return {
    stop: async () => {
      unlisten();
      if (timer !== null) clearTimeout(timer);
      await last;
    },
  };
}
