import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';
import { newId } from '../src/platform/index.ts';
import { testDatabase } from './database.ts';
import { databaseEngine } from './database-engine.ts';
import { startHookReceiver } from './hook-receiver.ts';
import { startMailServer } from './mail-server.ts';
import { outage } from './outage-facts.ts';
import { everyLevel, system, teamOf } from './people.ts';
import { plan } from './runbook.ts';

const childFile = fileURLToPath(new URL('./subscriber-kill-child.ts', import.meta.url));
const db = await testDatabase();
const mail = await startMailServer();
const receiver = await startHookReceiver();
afterAll(async () => {
  await mail.close();
  await receiver.close();
});

const mailSubscribers = 30;
const hookSubscribers = 10;
/** After so many messages of a life, taken and not answered: around the first, and amid the many. */
const deaths = [1, 9, 2, 14, 3, 11, 1, 17, 5, 8, 2, 13];

function live(serviceId: string): ChildProcess {
  const told = [db.url, mail.url, receiver.url, serviceId];
  return spawn(process.execPath, [childFile, ...told], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Dies when the n-th message of its life has been taken, before that is answered. */
async function dieAt(nth: number, serviceId: string): Promise<void> {
  const one = live(serviceId);
  let left = nth;
  const take = (): void => {
    left -= 1;
    if (left === 0) one.kill('SIGKILL');
  };
  mail.behaviour.onTaken = take;
  receiver.onTaken = take;
  const [code, signal] = await once(one, 'exit');
  mail.behaviour.onTaken = () => undefined;
  receiver.onTaken = () => undefined;
  expect([code, signal]).toEqual([null, 'SIGKILL']);
}

async function openService(): Promise<{ readonly serviceId: string; readonly incidentId: string }> {
  const engine = await databaseEngine(db, plan, teamOf(everyLevel));
  const { service: serviceId } = engine;
  const assess = { kind: 'assess', assessment: outage(Date.now()), serviceId, drill: null } as const;
  await engine.take(Date.now(), { ...assess, newId: newId('inc'), newNumber: 1 }, system);
  await db.query(
    `insert into status_page_subscribers (id, service_id, address, language, token, confirmed_at)
     select 'sub' || n, $1, n || '@example.org', 'en', 'mail' || n, clock_timestamp() from generate_series(1, $2::int) n`,
    [serviceId, mailSubscribers],
  );
  await db.query(
    `insert into status_page_hooks (id, service_id, kind, url, language, token, secret, confirmed_at)
     select 'hook' || n, $1, 'webhook', $2 || '/' || n, 'en', 'hook' || n, 'secret', clock_timestamp()
     from generate_series(1, $3::int) n`,
    [serviceId, receiver.url, hookSubscribers],
  );
  return { serviceId, incidentId: (await engine.incident())?.id ?? '' };
}

async function tell(incidentId: string, body: string): Promise<void> {
  await db.query(
    `insert into updates (id, incident_id, audience, status, body, by, at)
     values ($1, $2, 'status-page', 'identified', $3, '{}', clock_timestamp())`,
    [newId('upd'), incidentId, body],
  );
}

interface Got {
  /** Who, and which update. */
  readonly of: string;
  readonly id: string;
  readonly isMarked: boolean;
}

function everythingReceived(): readonly Got[] {
  const mails = mail.received.map(({ to, raw, id, mayBeRepeat }) => ({
    of: `${to} ${/Update \d+/.exec(raw)?.[0]}`,
    id,
    isMarked: mayBeRepeat,
  }));
  const posts = receiver.received.map(({ path, body }) => {
    const { incident_updates: updates } = body['incident'] as { incident_updates: { body: string }[] };
    const isMarked = body['may_be_repeat'] === true;
    return { of: `${path} ${updates[0]?.body}`, id: String(body['id']), isMarked };
  });
  return [...mails, ...posts];
}

async function unsent(): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select (select count(*) from status_page_mails where state <> 'sent')
          + (select count(*) from status_page_posts where state <> 'sent') as n`,
  );
  return Number(rows[0]?.n);
}

test('killed -9 a dozen times: each subscriber has each update, once, and a repeat is marked', async () => {
  const { serviceId, incidentId } = await openService();
  let updates = 0;
  for (const [at, nth] of deaths.entries()) {
    if (at % 2 === 0) await tell(incidentId, `Update ${(updates += 1)}`);
    await dieAt(nth, serviceId);
  }
  const last = live(serviceId);
  await vi.waitFor(async () => expect(await unsent()).toBe(0), { timeout: 120_000, interval: 250 });
  last.kill('SIGKILL');

  const got = Map.groupBy(everythingReceived(), ({ of }) => of);
  const subscribers = [
    ...Array.from({ length: mailSubscribers }, (_, n) => `${n + 1}@example.org`),
    ...Array.from({ length: hookSubscribers }, (_, n) => `/${n + 1}`),
  ];
  const wanted = subscribers.flatMap((who) =>
    Array.from({ length: updates }, (_, n) => `${who} Update ${n + 1}`),
  );
  expect(wanted.filter((of) => !got.has(of))).toEqual([]);
  expect(got.size).toBe(wanted.length);
  const repeats = [...got.values()].filter((times) => times.length > 1);
  for (const times of repeats) {
    expect(times.slice(1).every(({ isMarked }) => isMarked)).toBe(true);
    expect(new Set(times.map(({ id }) => id)).size).toBe(1);
  }
  // Each death leaves the message in doubt that it was killed at, and at most those on the way beside it.
  expect(repeats.length).toBeGreaterThan(0);
  const most = deaths.length * (5 + hookSubscribers);
  expect([...got.values()].flat().length - got.size).toBeLessThanOrEqual(most);
  expect([...got.values()].flat().length - got.size).toBeGreaterThanOrEqual(deaths.length);
}, 240_000);
