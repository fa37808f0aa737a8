import type { Database } from '#platform';

/** Writes a post to every target that said yes for each update that has none yet: all of them or none, whoever dies meanwhile. Of a drill nobody is told. */
export function spreadToHooks(db: Database, serviceId: string): Promise<number> {
  return db.transact(async (tx) => {
    const { rowCount } = await tx.query(
      `with fresh as (
         insert into status_page_hook_told (update_id)
         select u.id from updates u join incidents i on i.id = u.incident_id
         where i.service_id = $1 and u.audience = 'status-page' and not u.drill
           and u.at > clock_timestamp() - interval '1 day'
         on conflict do nothing returning update_id),
       posts as (
         insert into status_page_posts (id, hook_id, update_id)
         select 'spost_' || gen_random_uuid(), h.id, u.id
         from fresh join updates u on u.id = fresh.update_id
         join status_page_hooks h on h.service_id = $1 and h.confirmed_at <= u.at
         order by u.at, u.id
         on conflict (hook_id, update_id) do nothing returning hook_id)
       update status_page_hooks set waiting = true where id in (select hook_id from posts)`,
      [serviceId],
    );
    if (rowCount > 0) tx.notify('status_page_hooks', serviceId);
    return rowCount;
  });
}
