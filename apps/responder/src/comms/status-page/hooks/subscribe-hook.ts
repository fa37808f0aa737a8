import type { HookWish } from '@tocsin/contract';
import { type Database, newId } from '#platform';

/** Asks a target whether it wants updates; not again within an hour, however often somebody names it, nor once it has said yes. */
export function subscribeHook(
  db: Database,
  serviceId: string,
  { kind, url, language }: HookWish,
): Promise<void> {
  return db.transact(async (tx) => {
    const token = `replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')`;
    const { rows } = await tx.query<{ id: string }>(
      `insert into status_page_hooks as h (id, service_id, kind, url, language, token, secret, waiting)
       values ($1, $2, $3, $4, $5, ${token}, ${token}, true)
       on conflict (service_id, url) do update set asked_at = clock_timestamp(), language = excluded.language,
         waiting = true
       where h.confirmed_at is null and h.asked_at < clock_timestamp() - interval '1 hour'
       returning id`,
      [newId('hook'), serviceId, kind, url, language],
    );
    const [hook] = rows;
    if (hook === undefined) return;
    await tx.query(
      `insert into status_page_posts (id, hook_id) select $1, $2 where not exists (
         select from status_page_posts where hook_id = $2 and state in ('queued', 'sending'))`,
      [newId('spost'), hook.id],
    );
    await tx.query(
      `delete from status_page_hooks
       where confirmed_at is null and asked_at < clock_timestamp() - interval '7 days'`,
    );
    tx.notify('status_page_hooks', hook.id);
  });
}
