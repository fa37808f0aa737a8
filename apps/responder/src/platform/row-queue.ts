import type { Database, Queryable } from './database.ts';

/** This holder's lease has run out and somebody else has, or may have, the row. Its result must not be written. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** `claimed_at` is the database's clock at the claim, epoch milliseconds. */
export type Claimed<Row> = Row & {
  readonly id: string | number;
  readonly fence: number;
  readonly claimed_at: number;
};

/** A lease that ends later than any could is of a time before the clock was set back: nobody renews it, nobody waits for it. */
function believable(leaseMs: string): string {
  return `lease_until <= clock_timestamp() + (${leaseMs} + 60000) * interval '1 millisecond'`;
}

/** More than ten responders together hold of one table: among so many that are due, one is free. */
const mostHeld = 500;

/** The SQL of a table that is worked off as a queue. */
export class RowQueue {
  readonly #options: {
    readonly db: Database;
    readonly table: string;
    readonly pending: string;
    readonly claimSet?: string;
  };
  readonly #leaseMs: number;

  constructor(
    options: {
      readonly db: Database;
      readonly table: string;
      readonly pending: string;
      readonly claimSet?: string;
    },
    leaseMs: number,
  ) {
    this.#options = options;
    this.#leaseMs = leaseMs;
  }

  /**
   * Milliseconds until a row is due and free, 0 or less when one is; null when none waits. Reads no more than the first of what is due, and
   * the next one, by one reading of the clock: their order and their limit keep PostgreSQL on the index, whatever it believes of how many are due.
   */
  async untilDueMs(): Promise<number | null> {
    const { db, table, pending } = this.#options;
    const { rows } = await db.query<{ ms: number | null }>(
      `with now as materialized (select clock_timestamp() as at)
       select extract(epoch from min(free_at) - clock_timestamp())::float8 * 1000 as ms from (
         (select greatest(due_at, case when ${believable('$1')} then lease_until end) as free_at
         from ${table} where ${pending} and due_at <= (select at from now) order by due_at limit ${mostHeld})
         union all
         (select due_at from ${table} where ${pending} and due_at > (select at from now) order by due_at limit 1)) as next`,
      [this.#leaseMs],
    );
    const ms = rows[0]?.ms ?? null;
    return ms === null ? null : Math.ceil(ms);
  }

  /**
   * Takes up to `room` due, free rows: lease set, fence raised. The clock is read once: compared with one that runs on, every waiting row
   * would have to be looked at.
   */
  async claim<Row>(room: number): Promise<Claimed<Row>[]> {
    const { db, table, pending, claimSet } = this.#options;
    const { rows } = await db.query<Claimed<Row>>(
      `update ${table} set fence = fence + 1,
         lease_until = clock_timestamp() + $2 * interval '1 millisecond'${claimSet ? `, ${claimSet}` : ''}
       where id in (select id from ${table} where ${pending} and due_at <= (select clock_timestamp())
         and (lease_until is null or lease_until <= clock_timestamp() or not ${believable('$2')})
         order by due_at, id limit $1 for update skip locked)
       returning *, clock_timestamp() as claimed_at`,
      [room, this.#leaseMs],
    );
    return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Guarded write of a holder; see RowContext.update. */
  async update(
    tx: Queryable,
    row: { readonly id: string | number; readonly fence: number },
    change: { set: string; values?: readonly unknown[]; how?: { readonly keepLease: boolean } },
  ): Promise<void> {
    const { table, pending } = this.#options;
    const end = change.how?.keepLease === true ? '' : ', lease_until = null';
    const { rowCount } = await tx.query(
      `update ${table} set ${change.set}${end} where id = $1 and fence = $2 and ${pending}`,
      [row.id, row.fence, ...(change.values ?? [])],
    );
    if (rowCount === 0)
      throw new LeaseLost(
        `${table} ${row.id}: fence ${row.fence} is no longer the newest; somebody else has the row`,
      );
  }
}
