import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { cordon } from '../../../test/outage-facts.ts';
import { createSlackStage } from '../fixtures/slack-stage.ts';
import { ratelimited } from '../fixtures/slack-workspace.ts';

const db = await testDatabase();
const stage = await createSlackStage(db, { incidentChannels: { archiveAfterHours: 0 } });
const { slack, incidents } = stage;
const primary = { kind: 'user', id: 'primary', name: 'primary' } as const;

beforeAll(() => stage.start());
afterAll(() => stage.close());

function eventually(look: () => void): Promise<void> {
  return vi.waitFor(look, 30_000);
}

function roomCalled(name: string) {
  const room = [...slack.rooms.values()].find((one) => one.name === name);
  if (room === undefined) throw new Error(`there is no ${name}`);
  return room;
}

test('an incident has a channel: people, topic and pinned summary follow it, and it is archived after its end', async () => {
  const incident = await stage.offered('room', cordon);
  const name = `incident-${incident.number}`;
  await eventually(() => {
    const room = roomCalled(name);
    expect([...room.members]).toEqual(['U01']);
    expect(room.topic).toContain(`[P0] #${incident.number} open, nobody has taken it`);
    const [pinned] = room.pins;
    expect(JSON.stringify(room.messages.get(pinned ?? ''))).toContain('cordon on node/node-b: proposed');
  });
  await incidents.apply(incident.id, { kind: 'acknowledge' }, primary);
  await incidents.apply(incident.id, { kind: 'escalate' }, primary);
  await eventually(() => {
    const room = roomCalled(name);
    expect([...room.members]).toEqual(['U01', 'U02']);
    expect(room.topic).toContain('commander primary');
    expect(room.pins.size).toBe(1);
  });
  const open = incident.checklist.map((line) => [line.text, 'not needed'] as const);
  const waivers = Object.fromEntries(open);
  await incidents.apply(incident.id, { kind: 'resolve', note: 'over', waivers }, primary);
  await eventually(() => expect(roomCalled(name).archived).toBe(true));
});

test('throttled, refused and with its name taken it comes later; the page does not wait for it', async () => {
  const { rows } = await db.query<{ next: number }>('select max(number) + 1 as next from incidents');
  const taken = `incident-${rows[0]?.next}`;
  const none = { members: new Set<string>(), pins: new Set<string>(), messages: new Map() };
  slack.rooms.set('CX', { id: 'CX', name: taken, topic: '', archived: false, ...none });
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
});
