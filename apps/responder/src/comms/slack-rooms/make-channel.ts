import { databaseNow, type Database } from '#platform';
import { RoomFailure, type Tending } from './room.ts';

/** As many names are tried when somebody has taken one. */
const mostNames = 5;
const mostPages = 10;
/** Slack's clock and the database's may differ by as much. */
const clocksApartMs = 60_000;

/**
 * Makes the channel, once. A name that is taken may be by an attempt of ours whose answer was lost: that channel is looked for among
 * ours before the next name is tried.
 */
export async function makeChannel(tending: Tending, prefix: string, db: Database): Promise<string> {
  const { incident, row, ask, remember } = tending;
  const base = `${prefix}-${incident.number}`;
  const names = Array.from({ length: mostNames }, (_, n) => nameOf(base, row.previous.length + n + 1));
  const from = Math.max(0, names.indexOf(row.asked_name ?? ''));
  for (const name of names.slice(from)) {
    const wasAsked = name === row.asked_name;
    if (!wasAsked)
      await remember(`asked_name = $3, asked_at = to_timestamp($4::float8 / 1000)`, [
        name,
        await databaseNow(db),
      ]);
    const said = await ask('conversations.create', { name }, ['name_taken']);
    const id = said.ok ? idOf(said.said['channel']) : wasAsked ? await findOurs(tending, name) : null;
    if (id === null) continue;
    await remember('channel = $3', [id]);
    return id;
  }
  throw new RoomFailure('conversations.create', { ok: false, error: `${base} and its next names are taken` });
}

function nameOf(base: string, n: number): string {
  return n === 1 ? base : `${base}-${n}`;
}

function idOf(channel: unknown): string {
  return (channel as { id: string }).id;
}

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly creator?: string;
  /** Epoch seconds. */
  readonly created?: number;
}

/** The channel of that name that we made since we asked for it first; another installation's of the same name is older. */
async function findOurs({ row, ask }: Tending, name: string): Promise<string | null> {
  const us = await ask('auth.test', {});
  const user = us.ok ? us.said['user_id'] : null;
  const since = ((row.asked_at ?? 0) - clocksApartMs) / 1000;
  let cursor = '';
  for (let page = 0; page < mostPages; page += 1) {
    const query = { types: 'public_channel', exclude_archived: true, limit: 200, cursor };
    const said = await ask('users.conversations', query, ['missing_scope']);
    if (!said.ok) return null;
    const found = (said.said['channels'] as readonly Listed[]).find(
      (one) => one.name === name && one.creator === user && (one.created ?? 0) >= since,
    );
    if (found !== undefined) return found.id;
    cursor = nextCursor(said.said);
    if (cursor === '') return null;
  }
  return null;
}

/** Where the next page of a list begins; empty at its end. */
export function nextCursor(said: Readonly<Record<string, unknown>>): string {
  const { next_cursor: cursor = '' } = (said['response_metadata'] ?? {}) as { next_cursor?: string };
  return cursor;
}
