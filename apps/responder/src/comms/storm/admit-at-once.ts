import type { Queryable } from '#platform';
import type { MessageRow } from '../message-row.ts';
import { restedAfterSeconds, restSeconds, targetOf } from './admit-or-hold.ts';

/**
 * Lets a page through in one statement when its address has rested: most have. False: it is not ours any more, or has to be looked at
 * by `admitOrHold`; nothing is written then.
 */
export async function admitAtOnce(
  db: Queryable,
  row: MessageRow,
  { fence }: { readonly fence: number },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `with ours as (
       select id from messages where id = $6 and fence = $7 and state = 'sending' for update
     ), admitted as (
       insert into message_pace as p (target, sent_at, streak)
       select $1, clock_timestamp(), 1 from ours
       on conflict (target) do update set sent_at = clock_timestamp(),
         streak = case when p.sent_at < clock_timestamp() - $2 * interval '1 second' then 1 else p.streak + 1 end
       where p.sent_at + ${restSeconds} * interval '1 second' <= clock_timestamp()
         and not exists (select 1 from messages where person = $3 and channel = $4 and address = $5
           and kind = 'summary' and state in ('queued', 'sending'))
       returning streak
     )
     update messages set admitted_at = clock_timestamp() where id = $6 and exists (select 1 from admitted)`,
    [targetOf(row), restedAfterSeconds, row.person, row.channel, row.address, row.id, fence],
  );
  return rowCount > 0;
}
