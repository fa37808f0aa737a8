import type { Queryable } from '#platform';
import type { Device } from './device.ts';

/** Devices that can be reached, and those that have been gone for no longer than a week. */
export async function readDevices(db: Queryable): Promise<readonly Device[]> {
  const { rows } = await db.query<Device & Record<string, unknown>>(
    `select id, person, gone_at as "goneAt" from push_devices
     where gone_at is null or gone_at > clock_timestamp() - interval '7 days' order by created_at, id`,
  );
  return rows;
}
