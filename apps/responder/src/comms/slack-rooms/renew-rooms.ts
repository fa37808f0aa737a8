import type { Transaction } from '#platform';

/**
 * An incident that was opened again after its channel was archived gets a new one, which leads to the old: no bot can bring a channel
 * back. Source: docs.slack.dev, conversations.unarchive ("Bot tokens cannot currently be used").
 */
export async function renewRooms(tx: Transaction, ids: readonly string[] | null): Promise<void> {
  await tx.query(
    `update slack_rooms r set state = 'open', made_for = (i.snapshot->>'activeSince')::float8::bigint,
       previous = case when r.channel is null then r.previous else array_append(r.previous, r.channel) end,
       channel = null, asked_name = null, asked_at = null, topic = null, summary = null, summary_ts = null,
       summary_asked = false, pinned = false, invited = '{}', bookmarked = '{}', last_word = null,
       seen = 0, attempts = 0, last_error = null, due_at = clock_timestamp()
     from incidents i
     where i.id = r.id and r.state = 'archived' and ($1::text[] is null or i.id = any($1))
       and i.status in ('open', 'mitigated', 'verified')
       and (i.snapshot->>'activeSince')::float8::bigint > r.made_for`,
    [ids],
  );
}
