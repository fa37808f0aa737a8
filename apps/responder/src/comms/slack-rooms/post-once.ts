import { nextCursor } from './make-channel.ts';
import type { Tending } from './room.ts';

const mostPages = 5;

export interface Posting {
  readonly channel: string;
  readonly kind: 'summary' | 'last_word';
  readonly body: object;
  /** An attempt before this one may have come through: the message is looked for first. */
  readonly wasAsked: boolean;
  /** Written before the message is sent. */
  readonly markAsked: string;
}

/** Posts a message that is there once, whoever dies: it carries what it is as metadata, by which it is found again. Answers its timestamp. */
export async function postOnce(
  tending: Tending,
  posting: Posting,
): Promise<{ readonly ts: string; readonly isNew: boolean }> {
  const { incident, ask, remember } = tending;
  const { channel, kind, body, wasAsked, markAsked } = posting;
  const found = wasAsked ? await findPosted(tending, posting) : null;
  if (found !== null) return { ts: found, isNew: false };
  if (!wasAsked) await remember(markAsked, []);
  const metadata = { event_type: eventOf(kind), event_payload: { incident: incident.id } };
  const said = await ask('chat.postMessage', { channel, ...body, metadata });
  return { ts: said.ok ? String(said.said['ts']) : '', isNew: true };
}

function eventOf(kind: Posting['kind']): string {
  return `tocsin_${kind}`;
}

interface Posted {
  readonly ts: string;
  readonly metadata?: {
    readonly event_type: string;
    readonly event_payload?: { readonly incident?: string };
  };
}

/** Without the scope to read the channel nobody knows: then it is posted, rather twice than never. */
async function findPosted(
  { incident, ask }: Tending,
  { channel, kind }: Pick<Posting, 'channel' | 'kind'>,
): Promise<string | null> {
  let cursor = '';
  for (let page = 0; page < mostPages; page += 1) {
    const query = { channel, include_all_metadata: true, limit: 200, cursor };
    const said = await ask('conversations.history', query, ['missing_scope']);
    if (!said.ok) return null;
    const found = (said.said['messages'] as readonly Posted[]).find(
      ({ metadata }) =>
        metadata?.event_type === eventOf(kind) && metadata.event_payload?.incident === incident.id,
    );
    if (found !== undefined) return found.ts;
    cursor = nextCursor(said.said);
    if (cursor === '') return null;
  }
  return null;
}
