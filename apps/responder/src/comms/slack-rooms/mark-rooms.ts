import type { Transaction } from '#platform';

/** Notes that the channels of these incidents, of all for null, are behind. An incident gets one while it is worked on. */
export async function markRooms(tx: Transaction, ids: readonly string[] | null): Promise<void> {
  const { rowCount } = await tx.query(
    `insert into slack_rooms as r (id, wanted, due_at, made_for)
     select i.id, i.revision, clock_timestamp(), coalesce((i.snapshot->>'activeSince')::float8::bigint, 0)
     from incidents i
     where ($1::text[] is null or i.id = any($1))
       and (i.status in ('open', 'mitigated', 'verified')
         or exists (select 1 from slack_rooms s where s.id = i.id and s.state <> 'archived'))
     on conflict (id) do update set wanted = excluded.wanted,
       due_at = case when r.state = 'closing' then clock_timestamp() else r.due_at end
     where r.wanted < excluded.wanted and r.state <> 'archived'`,
    [ids],
  );
  if (rowCount > 0) tx.tell('slack_rooms', 'behind');
}
