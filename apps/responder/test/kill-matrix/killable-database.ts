import type { Database, Queryable } from '../../src/platform/index.ts';

/** The writes of the page's way by what they write, in the order in which they are recognised. */
const writes: readonly (readonly [name: string, sql: RegExp])[] = [
  ['incident row', /^\s*(insert into incidents|update incidents set)/],
  ['log', /^\s*insert into incident_events/],
  ['summary row', /^\s*insert into messages \(id, kind/],
  ['page row', /^\s*insert into messages/],
  ['timers', /^\s*insert into timers/],
  ['claim of the message', /^\s*update messages set fence/],
  ['admission', /update messages set admitted_at/],
  ['pace', /^\s*(insert into|update) message_pace/],
  ['inbox', /^\s*insert into inbox/],
  ['hold', /^\s*update messages set state = 'held'/],
  ['release of the held', /^\s*update messages set state = 'queued', receipt/],
  ['outcome of the message', /^\s*update messages set state/],
  ['claim of the timer', /^\s*update timers set fence/],
  ['timer done', /^\s*update timers set done_at/],
];

/** Where a process is to die, for example `before opening/log#2`. */
export type KillPoint = string;

/**
 * The same database, which tells of each of its kill points, and dies by SIGKILL at the one that `killAt` names. Inside of a transaction
 * that is before each write, which is after the one before; a write on its own and a commit have an after, too.
 */
export function killableDatabase(
  inner: Database,
  about: { readonly phaseOf: () => string; readonly killAt: () => KillPoint; tell(point: KillPoint): void },
): Database {
  const seen = new Map<string, number>();
  const meet = (side: 'before' | 'after', write: string): void => {
    const name = `${side} ${about.phaseOf()}/${write}`;
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    const point = `${name}#${nth}`;
    about.tell(point);
    if (about.killAt() === point) process.kill(process.pid, 'SIGKILL');
  };
  const inTransaction = (tx: Queryable, wrote: () => void): Queryable => ({
    query: (sql, values) => {
      const write = nameOf(sql);
      if (write !== null) {
        wrote();
        meet('before', write);
      }
      return tx.query(sql, values);
    },
  });
  return {
    ...inner,
    query: async (sql, values) => {
      const result = await inner.query<never>(sql, values);
      const write = nameOf(sql);
      if (write !== null && result.rowCount > 0) meet('after', write);
      return result;
    },
    transact: async (work, how) => {
      let wrote = false;
      const result = await inner.transact(async (tx) => {
        const done = await work({ ...tx, ...inTransaction(tx, () => (wrote = true)) });
        if (wrote) meet('before', 'commit');
        return done;
      }, how);
      if (wrote) meet('after', 'commit');
      return result;
    },
  };
}

function nameOf(sql: string): string | null {
  return writes.find(([, pattern]) => pattern.test(sql))?.[0] ?? null;
}
