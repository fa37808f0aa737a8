import type { Database, Queryable } from '#platform';
import type { SyntheticPage } from './judge-pager.ts';

const keptDays = 30;

/** Queues the synthetic page of this period, once whoever else does; answers whether it was us. Old ones are forgotten. */
export async function queueSyntheticPage(db: Database, everyMs: number): Promise<boolean> {
  return db.transact(async (tx) => {
    const { rowCount } = await tx.query(
      `insert into messages (id, kind, page_id, person, channel, address, subject, body, due_at, created_at)
       select 'synthetic-' || floor(extract(epoch from clock_timestamp()) * 1000 / $1::float8)::bigint, 'synthetic', '',
         'synthetic', 'synthetic', '', 'synthetic page', '', clock_timestamp(), clock_timestamp()
       on conflict (id) do nothing`,
      [everyMs],
    );
    if (rowCount === 0) return false;
    await tx.query(
      `delete from messages where kind = 'synthetic' and created_at < clock_timestamp() - $1 * interval '1 day'`,
      [keptDays],
    );
    tx.tell('messages', 'synthetic');
    return true;
  });
}

/** The newest synthetic page with the database's clock beside it. */
export async function readSyntheticPage(
  db: Queryable,
): Promise<{ readonly last: SyntheticPage | null; readonly now: number }> {
  const { rows } = await db.query<{ now: number; created_at: number | null; sent_at: number | null }>(
    `select clock_timestamp() as now, m.created_at, m.sent_at from (select 1) as one left join lateral
       (select created_at, sent_at from messages where kind = 'synthetic' order by created_at desc limit 1) m on true`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('select clock_timestamp() gave no row');
  const { now, created_at: createdAt, sent_at: arrivedAt } = row;
  return { last: createdAt === null ? null : { createdAt, arrivedAt }, now };
}
