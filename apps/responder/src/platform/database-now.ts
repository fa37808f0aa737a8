import type { Queryable } from './database.ts';

/**
 * The database's clock, epoch milliseconds. Convention: one read per operation, in the statement that locks the row
 * (`with locked as materialized (select ... for update) select *, clock_timestamp() as now from locked`: the clock is
 * then read after the lock was waited for). Use this where no row is locked.
 */
export async function databaseNow(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ now: number }>('select clock_timestamp() as now');
  const [row] = rows;
  if (row === undefined) throw new Error('select clock_timestamp() gave no row');
  return row.now;
}
