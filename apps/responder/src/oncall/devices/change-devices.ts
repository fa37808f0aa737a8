import type { Transaction } from '#platform';

/** Told to every responder after the commit. */
export const devicesNotice = 'devices';

/** What a browser says of its subscription. Source: W3C Push API, PushSubscription.toJSON. */
export interface Subscription {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

/** Adds a browser to a person's ways to be reached. The same subscription again is the same device, whoever had it before. */
export async function addDevice(
  tx: Transaction,
  device: { readonly id: string; readonly person: string },
  { endpoint, keys }: Subscription,
): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into push_devices (id, person, endpoint, p256dh, auth) values ($1, $2, $3, $4, $5)
     on conflict (endpoint) do update set person = excluded.person, p256dh = excluded.p256dh,
       auth = excluded.auth, gone_at = null, changed_at = clock_timestamp(),
       id = case when push_devices.person = excluded.person then push_devices.id else excluded.id end
     returning id`,
    [device.id, device.person, endpoint, keys.p256dh, keys.auth],
  );
  tx.notify('team', devicesNotice);
  return rows[0]?.id ?? device.id;
}

/** Takes one of a person's devices away; false when they have none of that id. */
export async function removeDevice(tx: Transaction, person: string, id: string): Promise<boolean> {
  const { rowCount } = await tx.query('delete from push_devices where id = $1 and person = $2', [id, person]);
  tx.notify('team', devicesNotice);
  return rowCount > 0;
}

/** Its push service knows it no more: it is no way to be reached. */
export async function loseDevice(tx: Transaction, id: string): Promise<void> {
  await tx.query(
    `update push_devices set gone_at = clock_timestamp(), changed_at = clock_timestamp()
     where id = $1 and gone_at is null`,
    [id],
  );
  tx.notify('team', devicesNotice);
}
