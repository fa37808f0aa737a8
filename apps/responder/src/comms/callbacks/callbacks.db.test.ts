import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { outage } from '../../../test/outage-facts.ts';
import { people, teamOf } from '../../../test/people.ts';
import { markdown, plan, runbookFile } from '../../../test/runbook.ts';
import { createIncidents, createPlans, type Incident } from '#incidents';
import { whoIsOnCall, type Person } from '#oncall';
import { createLogger } from '#platform';
import { channelsSchema } from '../config/channels-config.ts';
import { createComms } from '../create-comms.ts';
import { startHttpProvider } from '../fixtures/http-provider.ts';

const db = await testDatabase();
const log = createLogger({ level: 'silent' });
const base = 'https://tocsin.example.org';
const slack = await startHttpProvider({
  accepts: () => ({ status: 200, body: { ok: true, ts: '1.2' } }),
  refuses: { status: 200, body: { ok: false, error: 'x' } },
  breaks: { status: 500, body: '' },
  throttles: { status: 429, body: '' },
});
afterAll(() => slack.close());

const number = '+4915112345678';
const woken: Person = {
  id: 'primary',
  name: 'Primary',
  role: 'responder',
  drill: false,
  contacts: [
    { channel: 'sms', address: number },
    { channel: 'voice', address: number },
    { channel: 'slack', address: 'U1' },
  ],
};
const team = { ...teamOf(), people: [woken, ...people.slice(1)], personOf: () => woken };
const account = { provider: 'twilio', account: 'AC1', from: '+15005550006', token: { env: 'T' } };
const channels = channelsSchema(() => 'secret').parse({
  sms: account,
  voice: account,
  slack: { token: { env: 'S' }, signingSecret: { env: 'S' }, url: slack.url },
});
const plans = createPlans(db);
const incidents = createIncidents({
  db,
  plans,
  log,
  onCallAt: (pinned, at) => whoIsOnCall(team, pinned, at),
  personOf: (actor) => (actor.kind === 'system' ? null : woken),
  sink: async (tx, id, command) => {
    if (command.kind === 'page') await comms.enqueue(tx, id, command);
  },
});
const comms = createComms({
  db,
  incidents,
  people: () => team.people,
  channels,
  callbackBase: base,
  publicUrl: base,
  sayBackMs: 60_000,
  log,
});

beforeAll(() => plans.storePlan(db, { plan, markdown, file: runbookFile }));

/** Opens an incident; the first is `only`, all others are another service's. */
async function opened(service: string): Promise<Incident> {
  const assessment = outage(Date.now());
  const incident = await incidents.assess({
    service: { id: service },
    assessment,
    diagnoses: [],
    drill: null,
    plan,
  });
  if (incident === null) throw new Error('nothing opened');
  return incident;
}

function twilio(path: string, form: Record<string, string>, token = 'secret') {
  const fields = { AccountSid: 'AC1', ...form };
  const sorted = Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const signed = `${base}${path}${sorted.map(([name, value]) => name + value).join('')}`;
  const signature = createHmac('sha1', token).update(signed).digest('base64');
  const [, , , what = '', messageId = ''] = path.split('/');
  return comms.hearTwilio(
    { what, messageId },
    {
      path,
      headers: { 'x-twilio-signature': signature },
      body: new URLSearchParams(fields).toString(),
      now: Date.UTC(2026, 0, 31, 3, 2, 11),
    },
  );
}

const reply = (body: string, from = number) => twilio('/callbacks/twilio/reply', { From: from, Body: body });

function press(
  user: string,
  incidentId: string,
  change: { readonly at?: number; readonly secret?: string } = {},
) {
  const { at = Date.now(), secret = 'secret' } = change;
  const payload = JSON.stringify({
    type: 'block_actions',
    user: { id: user },
    channel: { id: 'D1' },
    actions: [{ action_id: 'acknowledge', value: incidentId }],
  });
  const body = new URLSearchParams({ payload }).toString();
  const timestamp = String(Math.floor(at / 1000));
  const mac = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return comms.hearSlack({
    path: '/callbacks/slack',
    headers: { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${mac}` },
    body,
    now: Date.now(),
  });
}

async function acknowledgedBy(id: string) {
  const events = await incidents.events(id);
  const found = events.map((one) => one.body).find((body) => body.type === 'acknowledged');
  return found?.type === 'acknowledged' ? `${found.by.id} ${found.via ?? ''}` : null;
}

test('a reply by SMS acknowledges the one that waits; of several it asks which; strangers and nonsense do nothing', async () => {
  const first = await opened('reply-1');
  expect((await reply('ACK', '+4900000000')).body).toContain('belongs to nobody');
  expect((await reply('what is this')).body).toContain('Not understood');
  const second = await opened('reply-2');
  expect((await reply('ack')).body).toContain('2 incidents wait');
  expect((await reply('ACK 99999')).body).toContain('No incident #99999 has paged you');
  expect(await acknowledgedBy(first.id)).toBeNull();
  expect((await reply(`ack ${second.number}`)).body).toContain('is acknowledged by Primary');
  expect((await reply('ack')).body).toContain(`#${first.number} is acknowledged`);
  expect(await acknowledgedBy(first.id)).toBe('primary by SMS');
  expect((await reply('ack')).body).toContain('Nothing waits');
});

test('called again, they acknowledge again: it is new, and no word of the answer before', async () => {
  const { id, number: n } = await opened('again');
  await reply(`ack ${n}`);
  const waivers = Object.fromEntries(plan.checklist.map(({ text }) => [text, 'a test']));
  const by = { kind: 'user', id: 'primary', name: 'Primary' } as const;
  await incidents.apply(id, { kind: 'resolve', note: null, waivers }, by);
  await incidents.apply(id, { kind: 'reopen', reason: 'a test' }, by);
  expect((await reply('ack')).body).toContain(`#${n} is acknowledged by Primary`);
  expect((await reply(`ack ${n}`)).body).toContain(`#${n} was already acknowledged`);
  expect((await reply('ack')).body).toContain('Nothing waits');
});

test('the right key of a call acknowledges its incident, another key does not', async () => {
  const incident = await opened('key');
  const path = `/callbacks/twilio/key/${incident.pages[0]?.id}-2`;
  expect((await twilio(path, { Digits: '1' })).body).toContain('not acknowledged');
  expect(await acknowledgedBy(incident.id)).toBeNull();
  expect((await twilio(path, { Digits: '4' })).body).toContain('is acknowledged by Primary');
  expect(await acknowledgedBy(incident.id)).toBe('primary by phone');
});

test('another key, and ESCALATE by SMS, call the next level', async () => {
  const incident = await opened('escalate');
  const level = async () => (await incidents.get(incident.id))?.escalationLevel;
  const path = `/callbacks/twilio/key/${incident.pages[0]?.id}-2`;
  expect((await twilio(path, { Digits: '6' })).body).toContain('level 2 is called');
  expect(await level()).toBe(2);
  expect((await twilio(path, { Digits: '6' })).body).toContain('level 2 was called already');
  expect((await reply(`ESCALATE ${incident.number}`)).body).toContain('level 2 was called already');
  expect(await level()).toBe(2);
  await db.query(
    `update incidents set snapshot = snapshot || jsonb_build_object('escalatedAt', (snapshot->>'escalatedAt')::bigint - 60000) where id = $1`,
    [incident.id],
  );
  expect((await reply(`ESCALATE ${incident.number}`)).body).toContain('level 3 is called');
  expect((await reply('escalate')).body).toContain(`ESCALATE ${incident.number}`);
  expect(await level()).toBe(3);
  expect(await acknowledgedBy(incident.id)).toBeNull();
});

test('receipts of a call are on the timeline, each once', async () => {
  const incident = await opened('receipts');
  const path = `/callbacks/twilio/status/${incident.pages[0]?.id}-2`;
  for (const CallStatus of ['initiated', 'ringing', 'ringing', 'in-progress', 'completed'])
    await twilio(path, { CallStatus });
  const texts = (await incidents.events(incident.id)).flatMap(({ body }) =>
    body.type === 'page-receipt' ? [body.text] : [],
  );
  expect(texts).toEqual(['rang 03:02:11', 'rang 03:02:11, answered 03:02:11']);
});

test('a page that no provider could bring after all wakes the next person at once', async () => {
  const incident = await opened('undelivered');
  const page = incident.pages[0]?.id;
  for (const n of [1, 2, 3]) {
    const field = n === 2 ? 'CallStatus' : 'MessageStatus';
    await twilio(`/callbacks/twilio/status/${page}-${n}`, { [field]: 'failed', ErrorCode: '30003' });
  }
  const after = await incidents.get(incident.id);
  expect(after?.pages.map((one) => one.person)).toEqual(['primary', 'secondary']);
});

test('what is not signed by Twilio is refused and changes nothing', async () => {
  const incident = await opened('forged');
  const path = `/callbacks/twilio/key/${incident.pages[0]?.id}-2`;
  expect(await twilio(path, { Digits: '4' }, 'guessed')).toMatchObject({ status: 403 });
  expect(await twilio(path, { Digits: '4', AccountSid: 'AC2' })).toMatchObject({ status: 403 });
  expect(await twilio('/callbacks/twilio/constructor', {})).toMatchObject({ status: 404 });
  expect(await acknowledgedBy(incident.id)).toBeNull();
});

test('a button in Slack acknowledges in the name of who pressed it; a stranger is told so', async () => {
  const incident = await opened('slack');
  expect(await press('U1', incident.id, { secret: 'guessed' })).toMatchObject({ status: 403 });
  expect(await press('U1', incident.id, { at: Date.now() - 600_000 })).toMatchObject({ status: 403 });
  expect(await press('U2', incident.id)).toMatchObject({ status: 200 });
  expect(await acknowledgedBy(incident.id)).toBeNull();
  expect(slack.received.at(-1)?.path).toBe('/api/chat.postEphemeral');
  expect(await press('U1', incident.id)).toMatchObject({ status: 200 });
  expect(await acknowledgedBy(incident.id)).toBe('primary in Slack');
  expect(slack.received.at(-1)?.path).toBe('/api/chat.postMessage');
});
