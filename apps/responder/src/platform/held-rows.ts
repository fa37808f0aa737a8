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
  let isAsked = false;

  /** Most work has ended before its lease has aged: renewing that would only wait for the locks of its last words. */
  async function renew(): Promise<void> {
    const sentAt = performance.now();
    const rows = [...held].filter((row) => sentAt - row.renewedAt >= renewMs / 2);
    if (rows.length === 0) return;
    try {
      const ids = await renewLeases(db, { table, leaseMs, rows });
      for (const row of rows)
        if (ids.has(String(row.id))) row.renewedAt = sentAt;
        else row.abort.abort(new Error('the lease is lost'));
    } catch (error) {
      log.warn({ table, error: (error as Error).message }, 'renewing leases failed');
    }
  }

  function schedule(): void {
    if (timer !== null || held.size === 0) return;
    timer = setTimeout(() => {
      timer = null;
      abortOverdue(held, leaseMs);
      if (held.size > 0 && !isAsked) {
        isAsked = true;
        void renew().finally(() => (isAsked = false));
      }
      schedule();
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

/** Renews the leases of rows that are still ours; answers their ids. */
async function renewLeases(
  db: Database,
  {
    table,
    leaseMs,
    rows,
  }: { readonly table: string; readonly leaseMs: number; readonly rows: readonly Held[] },
): Promise<ReadonlySet<string>> {
  // By the key's own type: its index is of no use to another.
  const key = typeof rows[0]?.id === 'number' ? 'bigint' : 'text';
  const kept = await db.query<{ id: string | number }>(
    `update ${table} as t set lease_until = clock_timestamp() + $3 * interval '1 millisecond'
     from unnest($1::${key}[], $2::bigint[]) as mine (id, fence)
     where t.id = mine.id and t.fence = mine.fence and t.lease_until is not null returning t.id`,
    [rows.map((row) => row.id), rows.map((row) => row.fence), leaseMs],
  );
  return new Set(kept.rows.map((row) => String(row.id)));
}

/** Whether the database answers or not: what nobody has renewed in time may be somebody else's by now. */
function abortOverdue(held: ReadonlySet<Held>, leaseMs: number): void {
  const now = performance.now();
  for (const row of held)
    if (now - row.renewedAt > leaseMs) row.abort.abort(new Error('the lease ran out unrenewed'));
}
