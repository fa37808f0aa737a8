import { afterAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { startMailServer } from '../../test/mail-server.ts';
import { outage } from '../../test/outage-facts.ts';
import { user } from '../../test/people.ts';
import { startPagingCore } from '../../test/paging-core.ts';
import { markdown, plan, runbookFile } from '../../test/runbook.ts';
import { createPlans } from '#incidents';
import { restMs } from './rest-ms.ts';

const db = await testDatabase();
await createPlans(db).storePlan(db, { plan, markdown, file: runbookFile });
const mail = await startMailServer();
afterAll(() => mail.close());

async function openedOn(
  service: string,
): Promise<Awaited<ReturnType<typeof startPagingCore>> & { id: string }> {
  const core = await startPagingCore(db, mail.url);
  const assessment = outage(Date.now());
  const incident = await core.incidents.assess({
    service: { id: service },
    assessment,
    diagnoses: [],
    drill: null,
    plan,
  });
  return { ...core, id: incident?.id ?? 'none' };
}

test('a page goes out on every contact method, with the link and how to acknowledge, and the incident hears of it', async () => {
  const core = await openedOn('all-ways');
  await vi.waitFor(async () => {
    const page = (await core.incidents.get(core.id))?.pages[0];
    expect(page?.channels.map((one) => one.state)).toEqual(['delivered', 'delivered']);
  }, 10_000);
  await core.stop();
  const sent = mail.received.filter((one) => one.raw.includes(core.id));
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ to: 'primary@example.org', mayBeRepeat: false });
  expect(sent[0]?.raw).toContain(`https://tocsin.example.org/incidents/${core.id}`);
  expect(sent[0]?.raw).toContain(`tocsin incident ack ${core.id}`);
  const inbox = (await core.comms.inboxOf('primary')).filter((one) => one.incidentId === core.id);
  expect(inbox).toMatchObject([{ person: 'primary', readAt: null }]);
});

test('a phase that is over its window is said once to whoever is called, by mail and in the inbox', async () => {
  const core = await openedOn('overdue');
  await db.query(
    `update timers set due_at = clock_timestamp() where incident_id = $1 and kind = 'phase' and key = '1'`,
    [core.id],
  );
  await db.query(`select pg_notify('timers', '')`);
  const nudges = () => mail.received.filter((one) => one.raw.includes(`tocsin incident show ${core.id}`));
  await expect.poll(() => nudges().length).toBe(1);
  await core.stop();
  expect(nudges()).toMatchObject([{ to: 'primary@example.org', mayBeRepeat: false }]);
  expect(nudges()[0]?.raw).toContain('phase 1, Acknowledgment, is over its window');
  const inbox = (await core.comms.inboxOf('primary')).filter((one) => one.body.includes(core.id));
  expect(new Set(inbox.map((one) => one.incidentId))).toEqual(new Set([null, core.id]));
});

test('somebody outside is sent one message with what the public may know, and the incident hears of it', async () => {
  const core = await openedOn('outside');
  await core.incidents.apply(core.id, { kind: 'escalate' }, user('primary'));
  const callNow = async () => (await core.incidents.get(core.id))?.external?.[0];
  await expect.poll(async () => (await callNow())?.mail?.state).toBe('sent');
  await core.incidents.apply(
    core.id,
    { kind: 'external-called', call: 'support', note: 'ticket 12' },
    user('primary'),
  );
  await core.stop();
  expect(await callNow()).toMatchObject({ called: { by: { id: 'primary' }, note: 'ticket 12' } });
  const [sent, ...more] = mail.received.filter((one) => one.to === 'support@cloud.example');
  expect(more).toEqual([]);
  expect(sent?.raw).toContain('Your reference: account 4711');
  expect(sent?.raw).not.toMatch(/acknowledge|tenant|\bt1\b/i);
});

test('a mail server that is down for a moment delays the page, and loses and repeats nothing', async () => {
  mail.behaviour.refuse = 451;
  const core = await openedOn('down');
  await vi.waitFor(async () => {
    const states = (await core.incidents.get(core.id))?.pages[0]?.channels.map((one) => one.state);
    expect(states).toEqual(['retrying', 'delivered']);
  }, 10_000);
  delete mail.behaviour.refuse;
  await vi.waitFor(async () => {
    expect((await core.incidents.get(core.id))?.pages[0]?.channels[0]?.state).toBe('delivered');
  }, 20_000);
  await core.stop();
  expect(mail.received.filter((one) => one.raw.includes(core.id)).map((one) => one.mayBeRepeat)).toEqual([
    false,
  ]);
});

test('a database whose every connection is cut in the middle delays the page, and loses nothing', async () => {
  mail.behaviour.silent = true;
  const core = await openedOn('cut');
  await vi.waitFor(async () => {
    const { rowCount } = await db.query(
      `select 1 from messages where incident_id = $1 and channel = 'email' and state = 'sending'`,
      [core.id],
    );
    expect(rowCount).toBe(1);
  }, 10_000);
  await db.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`);
  delete mail.behaviour.silent;
  await vi.waitFor(async () => {
    expect((await core.incidents.get(core.id))?.pages[0]?.state).toBe('delivered');
    expect((await core.incidents.get(core.id))?.pages[0]?.channels[0]?.state).toBe('delivered');
  }, 30_000);
  await core.stop();
  const [first, ...repeats] = mail.received.filter((one) => one.raw.includes(core.id));
  expect(first).toBeDefined();
  expect(repeats.every((one) => one.mayBeRepeat)).toBe(true);
});

test('an address that does not exist wakes the next person at once', async () => {
  mail.behaviour.refuse = 550;
  const core = await openedOn('gone');
  await vi.waitFor(async () => {
    expect((await core.incidents.get(core.id))?.pages.map((page) => page.person)).toContain('secondary');
  }, 10_000);
  delete mail.behaviour.refuse;
  await core.stop();
});

test.each([
  [1, 1000],
  [2, 2000],
  [5, 16_000],
  [6, 30_000],
  [40, 30_000],
])('after attempt %i it rests %i ms', (attempts, ms) => {
  expect(restMs(attempts)).toBe(ms);
});

test('a provider that was not asked yet is asked as soon as one may be', () => {
  expect(restMs(1, 0, 2)).toBe(0);
  expect(restMs(1, 5000, 2)).toBe(5000);
  expect(restMs(2, 0, 2)).toBe(1000);
});
