import type { Database } from './database.ts';
import type { Logger } from './logger.ts';

interface Held {
  readonly id: string | number;
  readonly fence: number;
  readonly abort: AbortController;
  renewedAt: number;
}

export interface HeldRows {
  hold(id: string | number, fence: number): { readonly signal: AbortSignal; release(): void };
  abortAll(): void;
  stop(): void;
}

/** Keeps the leases of rows under work: one statement renews them all; a row that is lost has its work aborted. */
export function createHeldRows(options: {
  readonly db: Database;
  readonly log: Logger;
  readonly table: string;
  readonly leaseMs: number;
  readonly renewMs: number;
}): HeldRows {
  const { db, log, table, leaseMs, renewMs } = options;
  const held = new Set<Held>();
  let timer: NodeJS.Timeout | null = null;

  async function renew(): Promise<void> {
    const rows = [...held];
    const sentAt = performance.now();
    // By the key's own type: its index is of no use to another.
    const key = typeof rows[0]?.id === 'number' ? 'bigint' : 'text';
    try {
      const kept = await db.query<{ id: string | number }>(
        `update ${table} as t set lease_until = clock_timestamp() + $3 * interval '1 millisecond'
         from unnest($1::${key}[], $2::bigint[]) as mine (id, fence)
         where t.id = mine.id and t.fence = mine.fence and t.lease_until is not null returning t.id`,
        [rows.map((row) => row.id), rows.map((row) => row.fence), leaseMs],
      );
      const ids = new Set(kept.rows.map((row) => String(row.id)));
      for (const row of rows)
        if (ids.has(String(row.id))) row.renewedAt = sentAt;
        else row.abort.abort(new Error('the lease is lost'));
    } catch (error) {
      log.warn({ table, error: (error as Error).message }, 'renewing leases failed');
      for (const row of rows)
        if (sentAt - row.renewedAt > leaseMs) row.abort.abort(new Error('the lease ran out unrenewed'));
    }
  }

  function schedule(): void {
    if (timer !== null || held.size === 0) return;
    timer = setTimeout(() => {
      void (held.size === 0 ? Promise.resolve() : renew()).finally(() => {
        timer = null;
        schedule();
      });
    }, renewMs);
  }

  return {
    hold: (id, fence) => {
      const one: Held = { id, fence, abort: new AbortController(), renewedAt: performance.now() };
      held.add(one);
      schedule();
      return { signal: one.abort.signal, release: () => held.delete(one) };
    },
    abortAll: () => {
      for (const one of held) one.abort.abort(new Error('the worker stops'));
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
      held.clear();
    },
  };
}
