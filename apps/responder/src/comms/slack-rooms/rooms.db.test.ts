import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Person } from '#oncall';
import { testDatabase } from '../../../test/database.ts';
import { cordon } from '../../../test/outage-facts.ts';
import type { Spoken } from '../fixtures/http-provider.ts';
import { newSlackRoom, type SlackRoom } from '../fixtures/slack-methods.ts';
import { createSlackStage } from '../fixtures/slack-stage.ts';
import { ratelimited } from '../fixtures/slack-workspace.ts';

const db = await testDatabase();
const stage = await createSlackStage(db, { incidentChannels: { archiveAfterHours: 0 } });
const { slack, incidents } = stage;
const primary = { kind: 'user', id: 'primary', name: 'primary' } as const;
const junior = personOf('junior', 'U03');
const boss = personOf('boss', 'U04');

beforeAll(() => stage.start());
afterAll(() => stage.close());

function personOf(id: string, address: string): Person {
  return { id, name: id, role: 'approver', drill: false, contacts: [{ channel: 'slack', address }] };
}

function eventually(look: () => void): Promise<void> {
  return vi.waitFor(look, 30_000);
}

function roomCalled(name: string): SlackRoom {
  const room = [...slack.rooms.values()].find((one) => one.name === name);
  if (room === undefined) throw new Error(`there is no ${name}`);
  return room;
}

/** Texts of a kind of ours in a room. */
function said(room: SlackRoom, kind: string): string[] {
  return [...room.messages.values()]
    .filter((one) => JSON.stringify(one['metadata'] ?? null).includes(kind))
    .map((one) => JSON.stringify(one));
}

function refused(error: string): Spoken {
  return { status: 200, body: { ok: false, error } };
}

function topicsOf({ id }: SlackRoom): number {
  return slack.callsOf('conversations.setTopic').filter((one) => one['channel'] === id).length;
}

async function resolve(id: string): Promise<void> {
  const incident = await incidents.get(id);
  const open = incident?.checklist.map((line) => [line.text, 'not needed'] as const) ?? [];
  await incidents.apply(id, { kind: 'resolve', note: 'over', waivers: Object.fromEntries(open) }, primary);
}

async function tell(id: string, body: string): Promise<void> {
  const update = { kind: 'post-update', audience: 'internal', status: 'investigating', body } as const;
  await incidents.apply(id, update, primary);
}

async function stateOf(id: string): Promise<{ state: string; error: string | null } | undefined> {
  const sql = 'select state, last_error as error from slack_rooms where id = $1';
  return (await db.query<{ state: string; error: string | null }>(sql, [id])).rows[0];
}

test('an incident has a channel: people, topic and pinned summary follow it, and it is archived after its end', async () => {
  const incident = await stage.offered('room', cordon);
  const name = `incident-${incident.number}`;
  await eventually(() => {
    const room = roomCalled(name);
    expect([...room.members]).toEqual(['U01']);
    expect(room.topic).toContain(`[P0] #${incident.number} open, nobody has taken it`);
    const [pinned] = room.pins;
    const summary = JSON.stringify(room.messages.get(pinned ?? ''));
    expect(summary).toContain('cordon on node/node-b: proposed');
    expect(summary).toContain(`<https://tocsin.example.org/incidents/${incident.id}|`);
    expect(room.bookmarks.map((one) => one.link)).toEqual([
      `https://tocsin.example.org/incidents/${incident.id}`,
      'https://status.example.org',
    ]);
  });
  await incidents.apply(incident.id, { kind: 'acknowledge' }, primary);
  await incidents.apply(incident.id, { kind: 'escalate' }, primary);
  await eventually(() => {
    const room = roomCalled(name);
    expect([...room.members]).toEqual(['U01', 'U02']);
    expect(room.topic).toContain('commander primary');
    expect(room.pins.size).toBe(1);
  });
  const topics = topicsOf(roomCalled(name));
  await tell(incident.id, 'looking');
  await eventually(() =>
    expect(said(roomCalled(name), 'tocsin_summary')[0]).toContain('Told internal: investigating'),
  );
  expect(topicsOf(roomCalled(name))).toBe(topics);
  // An update that Slack throttles comes into the channel before it is closed.
  slack.failNext('chat.postMessage', { ...ratelimited, headers: { 'retry-after': '4' } });
  await tell(incident.id, 'it is over');
  await resolve(incident.id);
  await eventually(() => expect(roomCalled(name).archived).toBe(true));
  expect(said(roomCalled(name), 'tocsin_summary')).toHaveLength(1);
  expect(said(roomCalled(name), 'tocsin_last_word')).toEqual([
    expect.stringContaining(`Incident #${incident.number} is closed`),
  ]);
  const texts = [...roomCalled(name).messages.values()].map((one) => JSON.stringify(one));
  expect(texts.at(-2)).toContain('it is over');
  expect(texts.at(-1)).toContain('This channel is archived now');
});

test('an incident that is opened again after its channel was archived gets a new one, which leads to the old', async () => {
  const incident = await stage.offered('again');
  const name = `incident-${incident.number}`;
  await eventually(() => expect(roomCalled(name).pins.size).toBe(1));
  await incidents.apply(incident.id, { kind: 'acknowledge' }, primary);
  await resolve(incident.id);
  await eventually(() => expect(roomCalled(name).archived).toBe(true));
  await incidents.apply(incident.id, { kind: 'reopen', reason: 'it is back' }, primary);
  await tell(incident.id, 'it is back');
  await eventually(() => {
    const room = roomCalled(`${name}-2`);
    expect(room.topic).toContain(`#${incident.number} open`);
    expect([...room.members]).toEqual(['U01']);
    expect(said(room, 'tocsin_summary')).toEqual([
      expect.stringContaining(`before: <#${roomCalled(name).id}>`),
    ]);
    expect([...room.messages.values()].some((one) => JSON.stringify(one).includes('it is back'))).toBe(true);
  });
  expect(slack.callsOf('conversations.unarchive')).toEqual([]);
  await resolve(incident.id);
  await eventually(() => expect(roomCalled(`${name}-2`).archived).toBe(true));
});

test('the last word of a merged incident leads to the channel of the other', async () => {
  const into = await stage.offered('into');
  const part = { from: into.id, title: 'Another', severity: 'P0', reason: 'looks different' } as const;
  const from = await incidents.split(part, primary);
  const [kept, left] = [into, from].map((one) => `incident-${one.number}`);
  await eventually(() => {
    for (const name of [kept, left]) expect(roomCalled(name ?? '').bookmarks).toHaveLength(2);
  });
  await incidents.merge({ from: from.id, into: into.id, reason: 'one outage' }, primary);
  await eventually(() => expect(roomCalled(left ?? '').archived).toBe(true));
  expect(said(roomCalled(left ?? ''), 'tocsin_last_word')).toEqual([
    expect.stringContaining(`it goes on in <#${roomCalled(kept ?? '').id}>`),
  ]);
  expect(roomCalled(kept ?? '').archived).toBe(false);
});

test('who takes a role later is invited, an executive who was paged is not until then', async () => {
  const incident = await stage.offered('roles');
  const name = `incident-${incident.number}`;
  for (const level of [2, 3, 4]) await incidents.apply(incident.id, { kind: 'escalate', to: level }, primary);
  const paged = (await incidents.get(incident.id))?.pages.map((page) => page.person);
  expect(paged).toContain('boss');
  await eventually(() => expect([...roomCalled(name).members].toSorted()).toEqual(['U01', 'U02', 'U03']));
  // Who left is not called back.
  roomCalled(name).members.delete('U03');
  await incidents.apply(
    incident.id,
    { kind: 'assign', role: 'scribe', to: junior, reason: 'writes' },
    primary,
  );
  await incidents.apply(
    incident.id,
    { kind: 'assign', role: 'communications', to: boss, reason: 'speaks' },
    primary,
  );
  await eventually(() => {
    expect([...roomCalled(name).members].toSorted()).toEqual(['U01', 'U02', 'U04']);
    expect(said(roomCalled(name), 'tocsin_summary')[0]).toContain('communications: boss');
  });
});

test('throttled, refused and with its name taken it comes later; the page does not wait for it', async () => {
  const { rows } = await db.query<{ next: number }>(
    'select coalesce(max(number), 0) + 1 as next from incidents',
  );
  const taken = `incident-${rows[0]?.next}`;
  // Another installation's, of the same bot.
  slack.rooms.set('CX', newSlackRoom('CX', taken, { created: 1_700_000_000 }));
  // A page of a real list is longer than any other answer.
  slack.rooms.set('CL', newSlackRoom('CL', 'long', { topic: 'x'.repeat(500_000) }));
  slack.failNext('conversations.create', ratelimited, {
    status: 200,
    body: { ok: false, error: 'fatal_error' },
  });
  slack.failNext('conversations.setTopic', { status: 500, body: '' });
  const incident = await stage.offered('late');
  expect(`incident-${incident.number}`).toBe(taken);
  await eventually(() => expect(roomCalled(`${taken}-2`).topic).toContain(`#${incident.number}`));
  const created = slack
    .callsOf('conversations.create')
    .filter((one) => String(one['name']).startsWith(taken));
  expect(created.map((one) => one['name'])).toEqual([taken, taken, taken, `${taken}-2`]);
  const page = await incidents.get(incident.id);
  expect(page?.pages[0]?.state).toBe('delivered');
  await eventually(() => expect(roomCalled(`${taken}-2`).bookmarks).toHaveLength(2));
  expect(roomCalled(taken).messages.size).toBe(0);
});

test('a method that Slack throttles for one channel rests for all', async () => {
  const before = slack.callsOf('conversations.setTopic').length;
  slack.failNext('conversations.setTopic', ratelimited);
  const names = [await stage.offered('one'), await stage.offered('other')].map(
    (one) => `incident-${one.number}`,
  );
  await eventually(() => {
    for (const name of names) expect(roomCalled(name).bookmarks).toHaveLength(2);
  });
  const [first = 0, second = 0] = slack.calls
    .filter((one) => one.method === 'conversations.setTopic')
    .slice(before)
    .map((one) => one.at);
  expect(second - first).toBeGreaterThanOrEqual(990);
});

test('what the workspace refuses keeps nothing else from the channel', async () => {
  slack.failNext('conversations.invite', refused('user_not_found'));
  slack.failNext('conversations.setTopic', refused('missing_scope'));
  slack.failNext('bookmarks.list', refused('missing_scope'));
  slack.failNext('conversations.archive', refused('restricted_action'));
  const incident = await stage.offered('refused');
  const name = `incident-${incident.number}`;
  await eventually(() => expect(roomCalled(name).pins.size).toBe(1));
  await vi.waitFor(
    async () =>
      expect((await stateOf(incident.id))?.error).toBe(
        'conversations.setTopic: missing_scope; bookmarks.list: missing_scope',
      ),
    30_000,
  );
  // The next change finds the scopes granted.
  await incidents.apply(incident.id, { kind: 'acknowledge' }, primary);
  await eventually(() => {
    expect(roomCalled(name).topic).toContain('commander primary');
    expect(roomCalled(name).bookmarks).toHaveLength(2);
    expect(roomCalled(name).members.size).toBe(0);
  });
  await resolve(incident.id);
  await vi.waitFor(
    async () =>
      expect(await stateOf(incident.id)).toEqual({
        state: 'archived',
        error: 'conversations.archive: restricted_action',
      }),
    30_000,
  );
});

test('a summary that somebody deleted is posted anew; a channel that somebody archived is left alone', async () => {
  const incident = await stage.offered('deleted');
  const name = `incident-${incident.number}`;
  await eventually(() => expect(roomCalled(name).pins.size).toBe(1));
  const room = roomCalled(name);
  room.messages.clear();
  room.pins.clear();
  await incidents.apply(incident.id, { kind: 'acknowledge' }, primary);
  await eventually(() => {
    expect(said(room, 'tocsin_summary')).toEqual([expect.stringContaining('commander: primary')]);
    expect(room.pins.size).toBe(1);
  });
  room.archived = true;
  await incidents.apply(incident.id, { kind: 'escalate' }, primary);
  await vi.waitFor(
    async () =>
      expect(await stateOf(incident.id)).toEqual({
        state: 'archived',
        error: 'conversations.invite: is_archived',
      }),
    30_000,
  );
  expect([...slack.rooms.values()].filter((one) => one.name.startsWith(name))).toHaveLength(1);
});
