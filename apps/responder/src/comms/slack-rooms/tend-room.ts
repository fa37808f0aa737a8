import type { Person } from '#oncall';
import { peopleOfRoom } from './people-of-room.ts';
import { pinSummary } from './pin-summary.ts';
import { RoomFailure, type Tending } from './room.ts';
import { roomLinks, type RoomLinks, roomSummary, roomTopic, summaryMessage } from './room-text.ts';

export interface RoomFacts extends RoomLinks {
  readonly people: readonly Person[];
  /** Names of the levels of the matrix that are the executives'. */
  readonly executives: ReadonlySet<string>;
}

/** What the workspace does not let us do: the rest of the room does not wait for it. Source: docs.slack.dev, errors of each method. */
const refusals: ReadonlySet<string> = new Set([
  'missing_scope',
  'not_allowed_token_type',
  'no_permission',
  'permission_denied',
  'restricted_action',
  'not_in_channel',
  'not_authorized',
  'invalid_link',
  'too_many_bookmarks',
  'not_implemented',
]);

/**
 * Brings a room up to its incident: people invited, topic, pinned summary, links. Answers what the workspace refuses; throws RoomFailure
 * at the first thing that may work later.
 */
export async function tendRoom(
  tending: Tending,
  channel: string,
  facts: RoomFacts,
): Promise<readonly string[]> {
  const refused: string[] = [];
  const parts = [invite, setTopic, summarise, addBookmarks];
  for (const part of parts)
    await part(tending, channel, facts).catch((error: unknown) => {
      if (!(error instanceof RoomFailure) || !refusals.has(error.reason)) throw error;
      refused.push(error.message);
    });
  return refused;
}

/** Who cannot be invited is not asked again, who left is not called back: the channel is a help, not the way to be woken. */
const cannotCome = [
  'already_in_channel',
  'cant_invite_self',
  'cant_invite',
  'user_not_found',
  'no_user',
  'ura_max_channels',
  'user_is_restricted',
  'user_is_ultra_restricted',
  'user_team_not_in_channel',
  'invitee_cant_see_channel',
  'no_external_invite_permission',
];

async function invite(
  { incident, row, ask, remember }: Tending,
  channel: string,
  { people, executives }: RoomFacts,
): Promise<void> {
  for (const user of peopleOfRoom(incident, people, executives)) {
    if (row.invited.includes(user)) continue;
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

async function summarise(tending: Tending, channel: string, facts: RoomFacts): Promise<void> {
  const { incident, row } = tending;
  const links = roomLinks(incident, facts);
  await pinSummary(tending, channel, summaryMessage(roomSummary(incident), links, row.previous));
}

async function addBookmarks(
  { incident, row, ask, remember }: Tending,
  channel: string,
  facts: RoomFacts,
): Promise<void> {
  const missing = roomLinks(incident, facts).filter(({ link }) => !row.bookmarked.includes(link));
  if (missing.length === 0) return;
  const said = await ask('bookmarks.list', { channel_id: channel });
  const listed = said.ok ? (said.said['bookmarks'] as readonly { link: string }[]) : [];
  for (const { title, link } of missing) {
    if (!listed.some((one) => one.link === link))
      await ask('bookmarks.add', { channel_id: channel, title, type: 'link', link });
    await remember('bookmarked = array_append(bookmarked, $3)', [link]);
  }
}
