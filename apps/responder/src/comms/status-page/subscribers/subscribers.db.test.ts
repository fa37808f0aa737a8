import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { createLogger, newId } from '#platform';
import { testDatabase } from '../../../../test/database.ts';
import { databaseEngine } from '../../../../test/database-engine.ts';
import { startMailServer } from '../../../../test/mail-server.ts';
import { outage } from '../../../../test/outage-facts.ts';
import { everyLevel, system, teamOf } from '../../../../test/people.ts';
import { plan } from '../../../../test/runbook.ts';
import { startTakingWishes } from '../take-wishes.ts';
import { startMailing } from './start-mailing.ts';
import { writeMail } from './write-mail.ts';

const db = await testDatabase();
const log = createLogger({ level: 'silent' });
const mail = await startMailServer();
afterAll(() => mail.close());

const ways = { email: true, webhookHosts: [], slack: null };
const stops: (() => Promise<unknown>)[] = [];
beforeEach(() => {
  mail.received.length = 0;
  delete mail.behaviour.refuse;
});
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

/** A service with an open incident, and as many responders that mail. */
async function service(responders = 1) {
  const engine = await databaseEngine(db, plan, teamOf(everyLevel));
  const serviceId = engine.service;
  await engine.take(
    Date.now(),
    {
      kind: 'assess',
      assessment: outage(Date.now()),
      serviceId,
      drill: null,
      newId: newId('inc'),
      newNumber: 1,
    },
    system,
  );
  const room = { db, serviceId, log };
  const wishes = await startTakingWishes({ ...room, ways, report: () => Promise.resolve() });
  stops.push(wishes.stop);
  for (let at = 0; at < responders; at += 1) {
    const mailing = await startMailing({
      ...room,
      smtp: { url: mail.url, from: 'status@example.org' },
      page: { name: 'Acme', url: 'https://status.example.org' },
    });
    stops.push(mailing.stop);
  }
  const incident = await engine.incident();
  return {
    wish: async (kind: string, wish: object) => {
      await db.query(`insert into status_page_wishes (id, service_id, kind, wish) values ($1, $2, $3, $4)`, [
        newId('wish'),
        serviceId,
        kind,
        JSON.stringify(wish),
      ]);
      wishes.wake();
    },
    tells: (body: string) =>
      db.query(
        `insert into updates (id, incident_id, audience, status, body, by, at)
         values ($1, $2, 'status-page', 'identified', $3, '{}', clock_timestamp())`,
        [newId('upd'), incident?.id, body],
      ),
    subscribers: (count: number) =>
      db.query(
        `insert into status_page_subscribers (id, service_id, address, language, token, confirmed_at)
         select $1 || n, $1, n || '@example.org', 'en', $1 || 'token' || n, clock_timestamp() from generate_series(1, $2::int) n`,
        [serviceId, count],
      ),
    states: async () =>
      (
        await db.query<{ state: string; count: number }>(
          `select state, count(*)::int as count from status_page_mails where service_id = $1 group by state`,
          [serviceId],
        )
      ).rows,
  };
}

it('asks first, mails who has said yes in their language, and forgets who leaves', async () => {
  const { wish, tells } = await service();
  await wish('subscribe', { address: 'Ada@example.org', language: 'de' });
  await wish('subscribe', { address: 'ada@example.org', language: 'de' });
  await expect.poll(() => mail.received.map(({ to }) => to)).toEqual(['ada@example.org']);
  await tells('Nobody has confirmed yet.');
  const token = /confirm\/(\w+)/.exec(mail.received[0]?.raw ?? '')?.[1];
  await wish('confirm', { token });
  const confirmed = async () =>
    (
      await db.query('select 1 from status_page_subscribers where token = $1 and confirmed_at is not null', [
        token,
      ])
    ).rowCount;
  await expect.poll(confirmed).toBe(1);

  await tells('We know why.');
  await expect.poll(() => mail.received).toHaveLength(2);
  const update = (mail.received[1]?.raw ?? '').replaceAll(/\r\n[ \t]+/g, ' ');
  expect(update).toMatch(/^Subject: Acme: Ursache gefunden/m);
  expect(update).toContain('We know why.');
  expect(update).toContain(`List-Unsubscribe: <https://status.example.org/de/leave/${token}/>`);
  expect(update).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');

  await wish('leave', { token });
  await expect.poll(confirmed).toBe(0);
  await tells('For nobody.');
  await wish('subscribe', { address: 'last@example.org', language: 'en' });
  await expect.poll(() => mail.received.at(-1)?.to).toBe('last@example.org');
  expect(mail.received).toHaveLength(3);
});

it('mails each subscriber each update once, however many responders there are', async () => {
  const { subscribers, tells, states } = await service(3);
  await subscribers(40);
  await tells('First.');
  await tells('Second.');
  await expect.poll(states).toEqual([{ state: 'sent', count: 80 }]);
  const got = mail.received.map(({ to, raw }) => `${to} ${raw.includes('First.') ? 1 : 2}`);
  expect(new Set(got).size).toBe(80);
  expect(got).toHaveLength(80);
});

it('gives up an address that the server refuses for good, and no other', async () => {
  const { subscribers, tells, states } = await service();
  await subscribers(1);
  mail.behaviour.refuse = 550;
  await tells('Refused.');
  await expect.poll(states).toEqual([{ state: 'failed', count: 1 }]);
  delete mail.behaviour.refuse;
  await tells('Taken.');
  await expect.poll(async () => (await states()).find(({ state }) => state === 'sent')?.count).toBe(1);
});

it.each(['en', 'de', 'fr', 'es', 'xx'])('writes whole links in %s', (language) => {
  const page = { name: 'Acme', url: 'https://example.org/status/' };
  const shown = language === 'xx' ? 'en' : language;
  const update = { incidentId: 'inc_1', status: 'monitoring', body: 'Text' };
  const { text, leaveUrl } = writeMail({ address: 'a@b.c', language, token: 't', update }, page);
  expect(text).toContain(`https://example.org/status/${shown}/incidents/inc_1/`);
  expect(leaveUrl).toBe(`https://example.org/status/${shown}/leave/t/`);
  const asks = writeMail({ address: 'a@b.c', language, token: 't', update: null }, page);
  expect(asks.text).toContain(`https://example.org/status/${shown}/confirm/t/`);
  expect(asks.leaveUrl).toBeNull();
});
