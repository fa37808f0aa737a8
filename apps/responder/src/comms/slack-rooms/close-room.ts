import type { Queryable } from '#platform';
import { postOnce } from './post-once.ts';
import type { Tending } from './room.ts';
import { lastWord } from './room-text.ts';

/** A workspace that lets no bot archive keeps the channel: asking again would not help. */
const mayNotArchive = [
  'restricted_action',
  'cant_archive_general',
  'cant_archive_required',
  'last_ra_channel',
];

/** Says the last word and archives the room. Answers why it could not be archived; null when it is. */
export async function closeRoom(
  tending: Tending,
  channel: string,
  { db, publicUrl }: { readonly db: Queryable; readonly publicUrl: string | null },
): Promise<string | null> {
  const { incident, row, ask, remember } = tending;
  if (row.last_word === null || row.last_word === 'asked') {
    const other = incident.mergedInto === null ? null : await channelOf(db, incident.mergedInto.id);
    const { ts } = await postOnce(tending, {
      channel,
      kind: 'last_word',
      body: lastWord(incident, publicUrl, other),
      wasAsked: row.last_word === 'asked',
      markAsked: `last_word = 'asked'`,
    });
    await remember('last_word = $3', [ts]);
  }
  const said = await ask('conversations.archive', { channel }, ['already_archived', ...mayNotArchive]);
  return said.ok || said.error === 'already_archived' ? null : `conversations.archive: ${said.error}`;
}

async function channelOf(db: Queryable, incidentId: string): Promise<string | null> {
  const { rows } = await db.query<{ channel: string | null }>(
    'select channel from slack_rooms where id = $1',
    [incidentId],
  );
  return rows[0]?.channel ?? null;
}

/** Whether an update still has to get into the room. */
export async function hasUpdatesToCome(db: Queryable, incidentId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from update_deliveries
     where incident_id = $1 and channel = 'incident-channel' and state in ('queued', 'sending') limit 1`,
    [incidentId],
  );
  return rowCount > 0;
}
