import type { Database } from '#platform';

/** Writes a mail to every subscriber for each update that has none yet: all of them or none, whoever dies meanwhile. Of a drill nobody is told. */
export function spreadUpdates(db: Database, serviceId: string): Promise<number> {
  return db.transact(async (tx) => {
    const { rowCount } = await tx.query(
      `with fresh as (
         insert into status_page_told (update_id)
         select u.id from updates u join incidents i on i.id = u.incident_id
         where i.service_id = $1 and u.audience = 'status-page' and not u.drill
           and u.at > clock_timestamp() - interval '1 day'
         on conflict do nothing returning update_id)
       insert into status_page_mails (id, service_id, subscriber_id, update_id)
       select 'smail_' || gen_random_uuid(), $1, s.id, u.id
       from fresh join updates u on u.id = fresh.update_id
       join status_page_subscribers s on s.service_id = $1 and s.confirmed_at <= u.at
       on conflict (subscriber_id, update_id) do nothing`,
      [serviceId],
    );
    if (rowCount > 0) await tx.notify('status_page_mails', serviceId);
    return rowCount;
  });
}
