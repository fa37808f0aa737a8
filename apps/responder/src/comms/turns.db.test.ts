import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { outage } from '../../test/outage-facts.ts';
import { people } from '../../test/people.ts';
import { markdown, plan, runbookFile } from '../../test/runbook.ts';
import { createPlans, type Incident } from '#incidents';
import type { Person } from '#oncall';
import { createLogger } from '#platform';
import { channelsSchema } from './config/channels-config.ts';
import { createComms } from './create-comms.ts';
import { startHttpProvider } from './fixtures/http-provider.ts';
import { incidentsWaking } from './fixtures/incidents-waking.ts';

const db = await testDatabase();
const log = createLogger({ level: 'silent' });
const dialect = {
  accepts: () => ({ status: 200, body: { id: 'x' } }),
  refuses: { status: 404, body: '' },
  breaks: { status: 500, body: '' },
  throttles: { status: 429, body: '' },
};
const hook = await startHttpProvider(dialect);
const ntfy = await startHttpProvider(dialect);
const secondNtfy = await startHttpProvider(dialect);
const woken: Person = {
  id: 'primary',
  name: 'Primary',
  role: 'responder',
  drill: false,
  contacts: [
    { channel: 'webhook', address: 'bridge' },
    { channel: 'ntfy', address: 'topic' },
  ],
  rules: [
    { afterMinutes: 0, by: ['webhook'] },
    { afterMinutes: 60, by: ['ntfy'] },
  ],
};
const team = [woken, ...people.slice(1)];
const channels = channelsSchema(() => 's').parse({
  ntfy: [{ url: ntfy.url }, { url: secondNtfy.url }],
  webhooks: { bridge: { url: hook.url, secret: { env: 'S' } } },
});
const plans = createPlans(db);
const incidents = incidentsWaking(() => woken, {
  db,
  plans,
  sink: async (tx, id, command) => {
    if (command.kind === 'page') await comms.enqueue(tx, id, command);
  },
});
const comms = createComms({ db, incidents, people: () => team, channels, summarises: false, log });

beforeAll(async () => {
  await plans.storePlan(db, { plan, markdown, file: runbookFile });
  await comms.start();
});
afterAll(async () => {
  await comms.stop();
  for (const one of [hook, ntfy, secondNtfy]) await one.close();
});
beforeEach(() => {
  for (const one of [hook, ntfy, secondNtfy]) {
    one.mood = 'accepts';
    one.received.length = 0;
  }
});

async function opened(service: string): Promise<Incident> {
  const assessment = outage(Date.now());
  const request = { service: { id: service }, assessment, diagnoses: [], drill: null, plan };
  const incident = await incidents.assess(request);
  if (incident === null) throw new Error('nothing opened');
  return incident;
}

const channelStates = async (id: string) =>
  (await incidents.get(id))?.pages[0]?.channels.map((one) => `${one.channel} ${one.state}`);
const patience = { timeout: 60_000, interval: 50 };

test('a way that fails brings the next one forward, an hour before its turn', async () => {
  hook.mood = 'refuses';
  const { id } = await opened('fails');
  await vi.waitFor(
    async () => expect(await channelStates(id)).toEqual(['webhook:bridge failed', 'ntfy:topic delivered']),
    patience,
  );
  expect(ntfy.received).toHaveLength(1);
});

test('a provider that fails hands over to the second of its channel', async () => {
  hook.mood = 'refuses';
  ntfy.mood = 'breaks';
  const { id } = await opened('second');
  await vi.waitFor(
    async () => expect(await channelStates(id)).toEqual(['webhook:bridge failed', 'ntfy:topic delivered']),
    patience,
  );
  expect([ntfy.received.length, secondNtfy.received.length]).toEqual([1, 1]);
});

test('what has its turn after the acknowledgment is not sent, and the timeline says so', async () => {
  const { id } = await opened('acknowledged');
  await vi.waitFor(
    async () => expect((await channelStates(id))?.[0]).toBe('webhook:bridge delivered'),
    patience,
  );
  await incidents.apply(id, { kind: 'acknowledge' }, { kind: 'user', id: 'primary', name: 'Primary' });
  await db.transact(async (tx) => {
    await tx.query(
      `update messages set due_at = clock_timestamp() where incident_id = $1 and channel = 'ntfy'`,
      [id],
    );
    tx.notify('messages', id);
  });
  await vi.waitFor(async () => {
    const { rows } = await db.query(
      `select state from messages where incident_id = $1 and channel = 'ntfy'`,
      [id],
    );
    expect(rows).toEqual([{ state: 'skipped' }]);
  }, patience);
  expect(ntfy.received).toEqual([]);
  const receipts = (await incidents.events(id)).flatMap(({ body }) =>
    body.type === 'page-receipt' ? [body.text] : [],
  );
  expect(await channelStates(id)).toEqual(['webhook:bridge delivered', 'ntfy:topic skipped']);
  expect(receipts).toEqual(['not sent: acknowledged by primary before its turn']);
});
