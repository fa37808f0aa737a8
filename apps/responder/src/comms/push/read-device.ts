import type { Subscription } from '#oncall';
import type { Queryable } from '#platform';

/** The subscription of a device that has not gone; null when there is none. */
export async function readDevice(db: Queryable, id: string): Promise<Subscription | null> {
  const { rows } = await db.query<{ endpoint: string; p256dh: string; auth: string }>(
    'select endpoint, p256dh, auth from push_devices where id = $1 and gone_at is null',
    [id],
  );
  const [row] = rows;
  return row === undefined ? null : { endpoint: row.endpoint, keys: { p256dh: row.p256dh, auth: row.auth } };
}
