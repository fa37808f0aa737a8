import type { Person } from '#oncall';
import { slackContactsOf } from '../offers/slack-contacts-of.ts';
import { plain } from '../slack/plain-text.ts';
import { RoomFailure, type Tending } from './room.ts';
import { roomSummary, roomTopic } from './room-text.ts';

/** As many names are tried when somebody has taken one. */
const mostNames = 5;

/** Brings a room up to its incident: made, people invited, topic, pinned summary. Throws RoomFailure at the first thing that does not work. */
export async function tendRoom(
  tending: Tending,
  about: { readonly prefix: string; readonly people: readonly Person[]; readonly publicUrl: string | null },
): Promise<string> {
  const channel = tending.row.channel ?? (await make(tending, about.prefix));
  await invite(tending, channel, about.people);
  await setTopic(tending, channel);
  await pinSummary(tending, channel, roomSummary(tending.incident, about.publicUrl));
  return channel;
}

/** A name may be taken, by an earlier attempt of ours whose answer was lost too: the next one is tried. */
async function make({ incident, ask, remember }: Tending, prefix: string): Promise<string> {
  const base = `${prefix}-${incident.number}`;
  for (let n = 1; n <= mostNames; n += 1) {
    const said = await ask('conversations.create', { name: n === 1 ? base : `${base}-${n}` }, ['name_taken']);
    if (!said.ok) continue;
    const { id } = said.said['channel'] as { id: string };
    await remember('channel = $3', [id]);
    return id;
  }
  throw new RoomFailure('conversations.create', { ok: false, error: `${base} and its next names are taken` });
}

/** Who cannot be invited is not asked again: the channel is a help, not the way to be woken. */
const cannotCome = ['already_in_channel', 'cant_invite_self', 'cant_invite', 'user_not_found', 'no_user'];

async function invite(
  { incident, row, ask, remember }: Tending,
  channel: string,
  people: readonly Person[],
): Promise<void> {
  const users = slackContactsOf(incident, people).map((one) => one.address);
  for (const user of users.filter((one) => /^[UW]/.test(one) && !row.invited.includes(one))) {
    await ask('conversations.invite', { channel, users: user }, cannotCome);
    await remember('invited = array_append(invited, $3)', [user]);
  }
}

async function setTopic({ incident, row, ask, remember }: Tending, channel: string): Promise<void> {
  const topic = roomTopic(incident);
  if (topic === row.topic) return;
  await ask('conversations.setTopic', { channel, topic });
  await remember('topic = $3', [topic]);
}

async function pinSummary({ row, ask, remember }: Tending, channel: string, text: string): Promise<void> {
  const body = { channel, text: 'Summary', blocks: [{ type: 'section', text: plain(text) }] };
  const timestamp = row.summary_ts ?? (await post());
  if (row.summary_ts !== null && text !== row.summary) {
    await ask('chat.update', { ...body, ts: timestamp });
    await remember('summary = $3', [text]);
  }
  if (row.pinned) return;
  await ask('pins.add', { channel, timestamp }, ['already_pinned']);
  await remember('pinned = true, summary = $3', [text]);

  async function post(): Promise<string> {
    const said = await ask('chat.postMessage', body);
    const ts = said.ok ? String(said.said['ts']) : '';
    await remember('summary_ts = $3, summary = $4', [ts, text]);
    return ts;
  }
}
