import type { Queryable } from '#platform';
import type { MinuteCount } from './count-minutes.ts';

/** Adds the counts to what is stored of their minutes; a minute that a maintenance window touched stays marked. */
export async function storeMinutes(
  db: Queryable,
  serviceId: string,
  counts: readonly MinuteCount[],
  maintenance: boolean,
): Promise<void> {
  await db.query(
    `insert into probe_minutes as m (service_id, function, minute, good, bad, unknown, maintenance)
     select $1, function, minute, good, bad, unknown, $2
     from unnest($3::text[], $4::timestamptz[], $5::int[], $6::int[], $7::int[])
       as given (function, minute, good, bad, unknown)
     on conflict (service_id, minute, function) do update set good = m.good + excluded.good,
       bad = m.bad + excluded.bad, unknown = m.unknown + excluded.unknown,
       maintenance = m.maintenance or excluded.maintenance`,
    [
      serviceId,
      maintenance,
      counts.map((one) => one.function),
      counts.map((one) => new Date(one.minute)),
      counts.map((one) => one.good),
      counts.map((one) => one.bad),
      counts.map((one) => one.unknown),
    ],
  );
}

/** Forgets what is older than the status page needs. */
export async function forgetMinutes(db: Queryable, serviceId: string): Promise<void> {
  await db.query(
    `delete from probe_minutes where service_id = $1 and minute < clock_timestamp() - interval '100 days'`,
    [serviceId],
  );
}
