import type { SubscribeWish } from '@tocsin/contract';
import { type Database, newId, type Queryable } from '#platform';

/** Asks an address whether it is theirs; not again within an hour, however often somebody gives it, nor once it is confirmed. */
export function subscribe(
  db: Database,
  serviceId: string,
  { address, language }: SubscribeWish,
): Promise<void> {
  return db.transact(async (tx) => {
    const { rows } = await tx.query<{ id: string }>(
      `insert into status_page_subscribers as s (id, service_id, address, language, token)
       values ($1, $2, $3, $4, replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''))
       on conflict (service_id, address) do update set asked_at = clock_timestamp(), language = excluded.language
       where s.confirmed_at is null and s.asked_at < clock_timestamp() - interval '1 hour'
       returning id`,
      [newId('sub'), serviceId, address, language],
    );
    const [subscriber] = rows;
    if (subscriber === undefined) return;
    await tx.query('insert into status_page_mails (id, service_id, subscriber_id) values ($1, $2, $3)', [
      newId('smail'),
      serviceId,
      subscriber.id,
    ]);
    await tx.query(
      `delete from status_page_subscribers
       where confirmed_at is null and asked_at < clock_timestamp() - interval '7 days'`,
    );
    await tx.notify('status_page_mails', subscriber.id);
  });
}

const tables = ['status_page_subscribers', 'status_page_hooks'] as const;

/** The address, or the target, is theirs: updates from now on are for them. */
export async function confirmSubscriber(db: Queryable, serviceId: string, token: string): Promise<void> {
  for (const table of tables)
    await db.query(
      `update ${table} set confirmed_at = coalesce(confirmed_at, clock_timestamp())
       where service_id = $1 and token = $2`,
      [serviceId, token],
    );
}

/** Forgets the subscriber, and what was still to be sent. */
export async function leave(db: Queryable, serviceId: string, token: string): Promise<void> {
  for (const table of tables)
    await db.query(`delete from ${table} where service_id = $1 and token = $2`, [serviceId, token]);
}
