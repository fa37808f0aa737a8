import type { Incidents } from '#incidents';
import type { Logger } from '#platform';

/** Changes come in swarms: what gathers in so long is looked at once. */
const gatherMs = 200;
/** What failed is looked at again. */
const againMs = 5000;

/** Follows incidents: `look` gets the ids that changed, null when any may have; first of all null. One look at a time. */
export async function followIncidents({
  incidents,
  look,
  log,
}: {
  readonly incidents: Pick<Incidents, 'onChange'>;
  readonly look: (ids: readonly string[] | null) => Promise<void>;
  readonly log: Logger;
}): Promise<{ stop(): Promise<void> }> {
  let changed: Set<string> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let last: Promise<void> = Promise.resolve();

  const lookNow = (): void => {
    const ids = changed === null ? null : [...changed];
    changed = new Set();
    timer = null;
    last = last
      .then(() => look(ids))
      .catch((error: unknown) => {
        log.warn({ err: error }, 'following incidents: a look failed; all are looked at again');
        changed = null;
        soon(againMs);
      });
  };
  const soon = (afterMs: number): void => {
    timer ??= setTimeout(lookNow, afterMs);
  };
  const unlisten = await incidents.onChange(({ id }) => {
    if (id === null) changed = null;
    else changed?.add(id);
    soon(gatherMs);
  });
  soon(0);
  return {
    stop: async () => {
      unlisten();
      await last;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
