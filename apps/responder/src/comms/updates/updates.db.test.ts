import assert from 'node:assert/strict';
import { afterAll, expect, test, vi } from 'vitest';
import { createIncidents, createPlans, type Incident, type InputBody } from '#incidents';
import { whoIsOnCall } from '#oncall';
import { createLogger } from '#platform';
import { testDatabase } from '../../../test/database.ts';
import { startMailServer } from '../../../test/mail-server.ts';
import { outage } from '../../../test/outage-facts.ts';
import { people, teamOf } from '../../../test/people.ts';
import { markdown, plan, runbookFile } from '../../../test/runbook.ts';
import { channelsSchema } from '../config/channels-config.ts';
import { isCommsCommand } from '../comms-command.ts';
import { createComms, type Comms } from '../create-comms.ts';
import { startHttpProvider } from '../fixtures/http-provider.ts';
import { startSlackWorkspace } from '../fixtures/slack-workspace.ts';
import { signWebhook } from '../webhook/sign-webhook.ts';

const db = await testDatabase();
const mail = await startMailServer();
const slack = await startSlackWorkspace('secret');
const hook = await startHttpProvider({
  accepts: () => ({ status: 200, body: 'ok' }),
  refuses: { status: 404, body: '' },
  breaks: { status: 503, body: '' },
  throttles: { status: 429, headers: { 'retry-after': '1' }, body: '' },
});
const log = createLogger({ level: 'silent' });
const secret = { env: 'S' };
const channels = channelsSchema(() => 'secret').parse({
  slack: { token: secret, url: slack.url, incidentChannels: { archiveAfterHours: 0 } },
  webhooks: { bridge: { url: hook.url, secret } },
  updates: {
    targets: {
      internal: [
        { channel: 'slack', address: 'C9' },
        { channel: 'incident-channel' },
        { channel: 'webhook', address: 'bridge' },
      ],
    },
    customers: { t1: ['ops@t1.example.org'] },
  },
});
const team = teamOf();
const plans = createPlans(db);
const incidents = createIncidents({
  db,
  plans,
  log,
  onCallAt: (pinned, at) => whoIsOnCall(team, pinned, at),
  personOf: (actor) => team.personOf(actor),
  finalUpdates: (incident, pinned, at) => comms.updates.finals(incident, pinned, at),
  sink: async (tx, id, command) => {
    if (isCommsCommand(command)) await comms.enqueue(tx, id, command);
  },
});
const comms: Comms = createComms({
  db,
  incidents,
  people: () => people,
  smtp: { url: mail.url, from: 'Tocsin <tocsin@example.org>' },
  channels,
  statusPageUrl: 'https://status.example.org',
  statusPage: { serviceId: 'multitenant-api', url: 'https://status.example.org' },
  log,
});
await plans.storePlan(db, { plan, markdown, file: runbookFile });
await comms.start();
afterAll(async () => {
  await comms.stop();
  await Promise.all([mail.close(), slack.close(), hook.close()]);
});

const primary = { kind: 'user', id: 'primary', name: 'primary' } as const;

async function opened(service: string): Promise<Incident> {
  const asked = { assessment: outage(Date.now()), diagnoses: [], drill: null, plan };
  const incident = await incidents.assess({ service: { id: service }, ...asked });
  if (incident === null) throw new Error('nothing opened');
  return incident;
}

function tell(
  incident: Incident,
  what: Omit<Extract<InputBody, { kind: 'post-update' }>, 'kind'>,
): Promise<Incident> {
  return incidents.apply(incident.id, { kind: 'post-update', ...what }, primary);
}

async function states(incident: Incident): Promise<Readonly<Record<string, string>>> {
  const [newest] = await comms.updates.told(incident.id);
  return Object.fromEntries(
    (newest?.deliveries ?? []).map((one) => [
      `${one.channel} ${one.tenant ?? one.address}`.trim(),
      one.state,
    ]),
  );
}

function eventually(look: () => Promise<void>): Promise<void> {
  return vi.waitFor(look, { timeout: 30_000, interval: 50 });
}

test('a dead Slack holds up nobody else, and gets it when it is back; each once', async () => {
  const incident = await opened('internal');
  const dead = { status: 503, body: '' };
  slack.failNext('chat.postMessage', dead, dead);
  slack.failNext('conversations.create', dead);
  await tell(incident, { audience: 'internal', status: 'investigating', body: '**All** fails' });
  await eventually(async () => expect((await states(incident))['webhook bridge']).toBe('sent'));
  expect((await states(incident))['slack C9']).not.toBe('sent');
  await eventually(async () =>
    expect(await states(incident)).toEqual({
      'slack C9': 'sent',
      'incident-channel': 'sent',
      'webhook bridge': 'sent',
    }),
  );
  const room = [...slack.rooms.values()].find((one) => one.name === `incident-${incident.number}`);
  expect(JSON.stringify([...(room?.messages.values() ?? [])])).toContain('All fails');
});

test('a webhook gets the text as it is written, signed', async () => {
  const incident = await opened('webhook');
  await tell(incident, { audience: 'internal', status: 'investigating', body: '**Some** fail' });
  await eventually(async () => expect((await states(incident))['webhook bridge']).toBe('sent'));
  const received = hook.received.at(-1);
  assert.ok(received);
  const sent = JSON.parse(received.body) as Record<string, unknown>;
  expect(sent).toMatchObject({
    incidentNumber: incident.number,
    text: 'Some fail',
    update: { audience: 'internal', status: 'investigating', markdown: '**Some** fail' },
  });
  const { 'x-tocsin-timestamp': timestamp = '', 'x-tocsin-signature': signature } = received.headers;
  expect(signature).toBe(signWebhook('secret', timestamp, received.body));
  expect(received.headers['idempotency-key']).toBe(sent['id']);
});

test('customers are written to by tenant, and one that cannot be is said', async () => {
  const incident = await opened('customers');
  await tell(incident, { audience: 'customers', status: 'investigating', body: 'Dear customer, it fails.' });
  await eventually(async () =>
    expect(await states(incident)).toEqual({
      'email t1': 'sent',
      'email t2': 'failed',
      'email t3': 'failed',
      'email t4': 'failed',
      'email t5': 'failed',
    }),
  );
  const letters = mail.received.filter((one) => one.to === 'ops@t1.example.org' && !one.mayBeRepeat);
  expect(letters).toHaveLength(1);
  expect(letters[0]?.raw).toContain('Subject: The service: Investigating');
  expect(letters[0]?.raw).not.toContain('X-Tocsin-Incident');
});

test('the status page has it at once, and the last word comes with the end', async () => {
  const incident = await opened('page');
  await tell(incident, { audience: 'status-page', status: 'investigating', body: 'It fails.' });
  const { rows } = await db.query(
    `select audience, status, body, drill, by->>'id' as by, next_due_at > at as "hasNext" from updates where incident_id = $1`,
    [incident.id],
  );
  expect(rows).toEqual([
    {
      audience: 'status-page',
      status: 'investigating',
      body: 'It fails.',
      drill: false,
      by: 'primary',
      hasNext: true,
    },
  ]);
  expect(await states(incident)).toEqual({ 'status-page': 'sent' });
  const waivers = Object.fromEntries(incident.checklist.map((line) => [line.text, 'a test']));
  await incidents.apply(incident.id, { kind: 'resolve', note: null, waivers }, primary);
  const told = await comms.updates.told(incident.id);
  expect(told.map((one) => [one.audience, one.status])).toEqual([
    ['status-page', 'resolved'],
    ['status-page', 'investigating'],
  ]);
  expect(told[0]?.body).toContain('The problem with The service is solved.');
});

test('a letter has its subject in the language of its text', async () => {
  const incident = await opened('letters in German');
  mail.received.length = 0;
  const text = { audience: 'customers', status: 'investigating', body: 'Alles schlägt fehl.' } as const;
  await tell(incident, { ...text, language: 'de' });
  await eventually(() => {
    const [letter] = mail.received.filter((one) => one.to === 'ops@t1.example.org');
    expect(letter?.raw).toContain('Subject: The service: Wird untersucht');
    return Promise.resolve();
  });
});

test('a target that failed for a while has its updates in their order', async () => {
  const incident = await opened('in order');
  const dead = { status: 503, body: '' };
  slack.failNext('chat.postMessage', dead, dead, dead);
  await tell(incident, { audience: 'internal', status: 'investigating', body: 'first of two' });
  await tell(incident, { audience: 'internal', status: 'identified', body: 'second of two' });
  // A call that failed is a call, too.
  const posted = (): readonly string[] =>
    slack
      .callsOf('chat.postMessage')
      .filter(({ channel }) => channel === 'C9')
      .map((body) => JSON.stringify(body))
      .filter((text) => text.includes('of two'));
  await eventually(async () => expect((await states(incident))['slack C9']).toBe('sent'));
  const order = posted().map((text) => (text.includes('first') ? 'first' : 'second'));
  expect(order.at(-1)).toBe('second');
  expect(order.slice(0, -1).every((one) => one === 'first')).toBe(true);
});

test('each customer is led to a page of their own, and nobody else is', async () => {
  const incident = await opened('own pages');
  mail.received.length = 0;
  await tell(incident, { audience: 'customers', status: 'investigating', body: 'It fails for you.' });
  const letterTo = () => mail.received.find((one) => one.to === 'ops@t1.example.org');
  await eventually(() => Promise.resolve(expect(letterTo()).toBeDefined()));
  expect(letterTo()?.raw).toMatch(/What it means for you: https:\/\/status\.example\.org\/tenant\/dDE\.1\./);
  await tell(incident, { audience: 'internal', status: 'investigating', body: 'inside, no link' });
  await eventually(async () => expect((await states(incident))['webhook bridge']).toBe('sent'));
  expect(JSON.stringify(hook.received.map((one) => one.body))).not.toContain('/tenant/');
});
