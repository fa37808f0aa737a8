import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { startMailServer } from '../../test/mail-server.ts';
import { outage } from '../../test/outage-facts.ts';
import { people, user } from '../../test/people.ts';
import { markdown, plan, runbookFile } from '../../test/runbook.ts';
import { createPlans } from '#incidents';
import type { Person } from '#oncall';
import { createLogger } from '#platform';
import { bringForward } from './bring-forward.ts';
import { isCommsCommand } from './comms-command.ts';
import { channelsSchema } from './config/channels-config.ts';
import { createComms, type Comms } from './create-comms.ts';
import { type HttpProvider, startHttpProvider } from './fixtures/http-provider.ts';
import { incidentsWaking } from './fixtures/incidents-waking.ts';
import { freePort } from './fixtures/http-under-test.ts';

const db = await testDatabase();
const log = createLogger({ level: 'silent' });
const dialect = {
  accepts: () => ({ status: 200, body: { id: 'x' } }),
  refuses: { status: 404, body: '' },
  breaks: { status: 503, body: '' },
  throttles: { status: 429, headers: { 'retry-after': '60' }, body: '' },
};
const mail = await startMailServer();
const well = await startHttpProvider(dialect);
/** Takes pages, and nothing that is told. */
const choosy = await startHttpProvider({
  ...dialect,
  accepts: ({ body }) => ({ status: body.includes('"update"') ? 503 : 200, body: '' }),
});
const ntfy = await startHttpProvider(dialect);
const secondNtfy = await startHttpProvider(dialect);
const hooks = { well: well.url, choosy: choosy.url, dead: `http://127.0.0.1:${await freePort()}` };
const secret = { env: 'S' };
const channels = channelsSchema(() => 's').parse({
  ntfy: [{ url: ntfy.url }, { url: secondNtfy.url }],
  webhooks: Object.fromEntries(Object.entries(hooks).map(([name, url]) => [name, { url, secret }])),
  updates: { targets: { internal: [{ channel: 'webhook', address: 'choosy' }] } },
});

let contacts: Person['contacts'] = [];
const woken = (): Person => ({ id: 'primary', name: 'Primary', role: 'responder', drill: false, contacts });
const plans = createPlans(db);
const incidents = incidentsWaking(woken, {
  db,
  plans,
  sink: async (tx, id, command) => {
    if (isCommsCommand(command)) await comms.enqueue(tx, id, command);
  },
});
let comms: Comms;

beforeAll(() => plans.storePlan(db, { plan, markdown, file: runbookFile }));
beforeEach(async () => {
  for (const one of [well, choosy, ntfy, secondNtfy]) {
    one.mood = 'accepts';
    one.received.length = 0;
  }
  delete mail.behaviour.refuse;
  await db.query('truncate incidents, messages, update_deliveries cascade');
  comms = createComms({
    db,
    incidents,
    people: () => [woken(), ...people.slice(1)],
    smtp: { url: mail.url, from: 'Tocsin <tocsin@example.org>' },
    channels,
    summarises: false,
    log,
  });
  await comms.start();
  return () => comms.stop();
});
afterAll(() => Promise.all([mail, well, choosy, ntfy, secondNtfy].map((one) => one.close())));

let opened = 0;
async function open(...to: readonly string[]): Promise<string> {
  contacts = to.map((one) => {
    const [channel = '', address = ''] = one.split(':');
    return { channel, address } as Person['contacts'][number];
  });
  opened += 1;
  const request = { service: { id: `service-${opened}` }, diagnoses: [], drill: null, plan };
  const incident = await incidents.assess({ ...request, assessment: outage(Date.now()) });
  if (incident === null) throw new Error('nothing opened');
  return incident.id;
}

/** State, attempts, what went wrong last, and how long it took, of the messages on a way. */
async function messages(way: string) {
  const [channel = '', address = ''] = way.split(':');
  const { rows } = await db.query<{
    id: string;
    state: string;
    attempts: number;
    error: string | null;
    tookMs: number;
  }>(
    `select incident_id as id, state, attempts, last_error as error,
       extract(epoch from sent_at - created_at)::float8 * 1000 as "tookMs"
     from messages where channel = $1 and address = $2 order by created_at`,
    [channel, address],
  );
  return rows;
}

function eventually(look: () => Promise<void>): Promise<void> {
  return vi.waitFor(look, { timeout: 30_000, interval: 20 });
}

/** Until a way is left out, for so many of its messages. */
async function leftOut(way: string, atLeast = 1): Promise<void> {
  await eventually(async () => {
    const waiting = (await messages(way)).filter(
      ({ state, error }) => state === 'queued' && error?.includes('again and again') === true,
    );
    expect(waiting.length).toBeGreaterThanOrEqual(atLeast);
  });
}

/** A page that fails once, and may go out after a second. */
async function pageAfterFailure(way: string, server: HttpProvider) {
  server.mood = 'breaks';
  await open(way);
  await eventually(async () => expect(await messages(way)).toMatchObject([{ error: 'HTTP 503: no text' }]));
  server.mood = 'accepts';
  await eventually(async () => expect(await messages(way)).toMatchObject([{ state: 'sent' }]));
  const [page] = await messages(way);
  return { attempts: page?.attempts, isInTime: (page?.tookMs ?? Number.NaN) < 5000 };
}

test('a webhook that is dead holds up no page to another one', async () => {
  for (let n = 0; n < 3; n += 1) await open('webhook:dead');
  await leftOut('webhook:dead');
  expect(await pageAfterFailure('webhook:well', well)).toEqual({ attempts: 2, isInTime: true });
});

test('what cannot be told holds up no page, also to the same server', async () => {
  const told = {
    kind: 'post-update',
    audience: 'internal',
    status: 'investigating',
    body: 'It fails.',
  } as const;
  for (let n = 0; n < 3; n += 1) await incidents.apply(await open('inbox'), told, user('primary'));
  await eventually(async () => {
    const { rows } = await db.query<{ last_error: string | null }>(
      `select last_error from update_deliveries where channel = 'webhook'`,
    );
    expect(rows.some((one) => one.last_error?.includes('again and again'))).toBe(true);
  });
  expect(await pageAfterFailure('webhook:choosy', choosy)).toEqual({ attempts: 2, isInTime: true });
});

test('the first attempt of a page is made although its mail server was left out', async () => {
  mail.behaviour.refuse = 421;
  for (let n = 0; n < 3; n += 1) await open('email:primary@example.org');
  await leftOut('email:primary@example.org');
  delete mail.behaviour.refuse;
  const id = await open('email:primary@example.org');
  const page = async () => (await messages('email:primary@example.org')).find((one) => one.id === id);
  await eventually(async () => expect(await page()).toMatchObject({ state: 'sent', attempts: 1 }));
  expect((await page())?.tookMs).toBeLessThan(5000);
});

test.each([
  ['a page has shown it', () => open('email:primary@example.org')],
  ['another responder says it', () => bringForward(db, { channel: 'email', server: 'email' })],
])('what waited for a server goes out as soon as it is back: %s', async (_case, show) => {
  mail.behaviour.refuse = 421;
  for (let n = 0; n < 8; n += 1) await open('email:primary@example.org');
  await leftOut('email:primary@example.org', 8);
  delete mail.behaviour.refuse;
  await show();
  await eventually(async () =>
    expect((await messages('email:primary@example.org')).filter((one) => one.state !== 'sent')).toEqual([]),
  );
  const took = (await messages('email:primary@example.org')).map((one) => one.tookMs);
  expect(Math.max(...took)).toBeLessThan(10_000);
});

test('mailboxes that take nothing for now leave the mail server in', async () => {
  mail.behaviour.refuse = 450;
  for (let n = 0; n < 4; n += 1) await open('email:full@example.org');
  await eventually(async () => {
    const tried = await messages('email:full@example.org');
    expect(tried.every((one) => one.attempts >= 2)).toBe(true);
  });
  expect((await messages('email:full@example.org')).map((one) => one.error)).toEqual(
    Array.from({ length: 4 }, () => expect.stringContaining('not now')),
  );
});

test('a provider that asked for a rest is left alone, whatever the other one answers', async () => {
  ntfy.mood = 'throttles';
  secondNtfy.mood = 'breaks';
  await open('ntfy:topic');
  await eventually(() => Promise.resolve(expect(secondNtfy.received).toHaveLength(3)));
  expect(ntfy.received).toHaveLength(1);
});

test('a server that hangs holds up no page of another channel, however many are for it', async () => {
  ntfy.mood = 'hangs';
  secondNtfy.mood = 'hangs';
  for (let n = 0; n < 6; n += 1) await open('ntfy:topic');
  await leftOut('ntfy:topic');
  await comms.stop();
  for (let n = 0; n < 60; n += 1) await open('ntfy:topic', 'webhook:well');
  const before = ntfy.received.length + secondNtfy.received.length;
  const began = performance.now();
  await comms.start();
  await eventually(async () =>
    expect((await messages('webhook:well')).filter((one) => one.state !== 'sent')).toEqual([]),
  );
  const tookMs = performance.now() - began;
  // Four by each provider at once, for 4 s each.
  const hanging = ntfy.received.length + secondNtfy.received.length - before;
  expect(hanging).toBeLessThanOrEqual(8 * (1 + Math.ceil(tookMs / 4000)));
});
