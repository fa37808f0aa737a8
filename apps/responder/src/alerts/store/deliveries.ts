import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Queryable } from '#platform';
import type { Gathered } from '../merge-batch.ts';

/** Deliveries as they wait to be applied: what has gathered while the one before was on its way to the disk. */
export interface WaitingDelivery {
  readonly id: number;
  readonly items: readonly Gathered[];
}

const fast = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Stores deliveries; committed when it resolves. Answers their id: a higher one is to be applied later. */
export async function keepDeliveries(
  db: Queryable,
  serviceId: string,
  items: readonly Gathered[],
): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    'insert into alert_deliveries (service_id, size, body) values ($1, $2, $3) returning id',
    [serviceId, sizeOf(items), zstdCompressSync(JSON.stringify(items), fast)],
  );
  return rows[0]?.id ?? 0;
}

/** How many alerts, words and malformed items there are. */
export function sizeOf(items: readonly Gathered[]): number {
  return items.reduce(
    (sum, { alerts, words, malformed }) => sum + alerts.length + words.length + malformed.length,
    0,
  );
}

const mostDeliveries = 16;

/** The oldest that wait, together about `size` alerts. */
export async function readDeliveries(
  db: Queryable,
  serviceId: string,
  size: number,
): Promise<readonly WaitingDelivery[]> {
  const { rows } = await db.query<{ id: number; body: Buffer }>(
    `select id, body from (
       select id, body, sum(size) over (order by id) - size as before
       from (select * from alert_deliveries where service_id = $1 order by id limit $3) as oldest
     ) as waiting where before < $2 order by id`,
    [serviceId, size, mostDeliveries],
  );
  return rows.map(({ id, body }) => ({
    id,
    items: JSON.parse(zstdDecompressSync(body).toString()) as readonly Gathered[],
  }));
}

/** Whether any waits. */
export async function anyDelivery(db: Queryable, serviceId: string): Promise<boolean> {
  const { rowCount } = await db.query('select 1 from alert_deliveries where service_id = $1 limit 1', [
    serviceId,
  ]);
  return rowCount > 0;
}

/** Forgets those that have been applied. */
export async function dropDeliveries(db: Queryable, ids: readonly number[]): Promise<void> {
  await db.query('delete from alert_deliveries where id = any($1)', [ids]);
}

/** Keeps an item that cannot be stored as an alert among what could not be understood. */
export async function keepUnstorable(
  tx: Queryable,
  one: {
    readonly serviceId: string;
    readonly place: string;
    readonly piece: Gathered;
    readonly reason: string;
  },
): Promise<void> {
  const { alerts, words, malformed } = one.piece;
  await tx.query(
    `insert into intake_problems (service_id, source, at, place, value, expected, item)
     values ($1, $2, clock_timestamp(), $3, $4, 'what PostgreSQL can store', $5)`,
    [
      one.serviceId,
      alerts[0]?.source ?? malformed[0]?.source ?? 'unknown',
      one.place,
      one.reason,
      JSON.stringify(alerts[0]?.alert ?? words[0] ?? malformed[0]),
    ],
  );
}

/** Who waits longer than this for the turn tries again later; who does nothing for this long in its turn loses it. */
const longestTurnMs = 3000;

/** Makes this transaction the only one that applies the service's deliveries: their order counts. */
export async function takeTurn(tx: Queryable, serviceId: string): Promise<void> {
  await tx.query(
    `select set_config('lock_timeout', $2, true), set_config('idle_in_transaction_session_timeout', $2, true),
       pg_advisory_xact_lock(hashtext('alert_deliveries'), hashtext($1))`,
    [serviceId, String(longestTurnMs)],
  );
}
