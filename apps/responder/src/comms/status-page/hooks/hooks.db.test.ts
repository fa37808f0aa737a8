import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { createLogger, newId } from '#platform';
import { testDatabase } from '../../../../test/database.ts';
import { databaseEngine } from '../../../../test/database-engine.ts';
import { startHookReceiver } from '../../../../test/hook-receiver.ts';
import { outage } from '../../../../test/outage-facts.ts';
import { everyLevel, system, teamOf } from '../../../../test/people.ts';
import { plan } from '../../../../test/runbook.ts';
import { signWebhook } from '../../webhook/sign-webhook.ts';
import { startTakingWishes } from '../take-wishes.ts';
import { startPosting } from './start-posting.ts';

const db = await testDatabase();
const log = createLogger({ level: 'silent' });
const receiver = await startHookReceiver();
afterAll(() => receiver.close());

const stops: (() => Promise<unknown>)[] = [];
beforeEach(() => {
  receiver.received.length = 0;
  receiver.answers.clear();
});
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

const ways = { email: false, webhookHosts: [receiver.url], slack: receiver.url };
const slackPath = '/services/T1/B2/c3';

/** A service with an open incident, and as many responders that post. */
async function service(responders = 1) {
  const engine = await databaseEngine(db, plan, teamOf(everyLevel));
  const serviceId = engine.service;
  const assess = { kind: 'assess', assessment: outage(Date.now()), serviceId, drill: null } as const;
  await engine.take(Date.now(), { ...assess, newId: newId('inc'), newNumber: 1 }, system);
  const room = { db, serviceId, log, ways };
  const wishes = await startTakingWishes({ ...room, report: () => Promise.resolve() });
  stops.push(wishes.stop);
  for (let at = 0; at < responders; at += 1) {
    const posting = await startPosting({
      ...room,
      page: { id: serviceId, name: 'Acme <b>', url: 'https://status.example.org' },
      limitMs: 4000,
    });
    stops.push(posting.stop);
  }
  const incidentId = (await engine.incident())?.id ?? '';
  return {
    incidentId,
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
        [newId('upd'), incidentId, body],
      ),
    /** Webhooks that have said yes, at `/1`, `/2` and so on. */
    hooks: (count: number) =>
      db.query(
        `insert into status_page_hooks (id, service_id, kind, url, language, token, secret, confirmed_at)
         select $1 || n, $1, 'webhook', $2 || '/' || n, 'en', $1 || 'token' || n, 'secret', clock_timestamp()
         from generate_series(1, $3::int) n`,
        [serviceId, receiver.url, count],
      ),
    hookStates: async () =>
      (
        await db.query<{ confirmed: boolean }>(
          'select confirmed_at is not null as confirmed from status_page_hooks where service_id = $1',
          [serviceId],
        )
      ).rows.map(({ confirmed }) => confirmed),
    posts: async () =>
      (
        await db.query<{ state: string; count: number }>(
          `select p.state, count(*)::int as count from status_page_posts p
           join status_page_hooks h on h.id = p.hook_id where h.service_id = $1 group by 1 order by 1`,
          [serviceId],
        )
      ).rows,
    hurry: () =>
      db.query('update status_page_hooks set due_at = clock_timestamp() where service_id = $1', [serviceId]),
  };
}

function bodies(path: string) {
  return receiver.received.filter((one) => one.path === path).map(({ body }) => body);
}

/** What the first post to a path carries to confirm with. */
function askedAt(path: string): { readonly confirm: string; readonly secret: string } {
  const asked = bodies(path)[0]?.['subscription'];
  expect(asked).toEqual({
    page: expect.any(String),
    confirm: expect.any(String),
    secret: expect.any(String),
  });
  return asked as { confirm: string; secret: string };
}

/** Newest update of each post to a path. */
function toldTo(path: string): readonly string[] {
  return bodies(path).map((body) => {
    const { incident_updates: updates } = body['incident'] as { incident_updates: { body: string }[] };
    return updates[0]?.body ?? '';
  });
}

it('asks the target itself, posts in the form of Statuspage, signed, and forgets who leaves', async () => {
  const { wish, tells, hookStates, posts, incidentId } = await service();
  const url = `${receiver.url}/hook`;
  await wish('subscribe-hook', { kind: 'webhook', url, language: 'de' });
  await wish('subscribe-hook', { kind: 'webhook', url, language: 'de' });
  await wish('subscribe-hook', { kind: 'webhook', url: 'https://example.com/hook', language: 'de' });
  await expect.poll(() => bodies('/hook')).toHaveLength(1);
  const { confirm, secret } = askedAt('/hook');
  const token = /^https:\/\/status\.example\.org\/de\/confirm\/(\w+)\/$/.exec(confirm)?.[1];
  await tells('Nobody has confirmed yet.');
  await expect.poll(posts).toEqual([{ state: 'sent', count: 1 }]);
  await wish('confirm', { token });
  await expect.poll(hookStates).toEqual([true]);

  await tells('We know why.');
  await expect.poll(() => bodies('/hook')).toHaveLength(2);
  const update = receiver.received[1];
  const timestamp = String(update?.headers['x-tocsin-timestamp']);
  expect(update?.headers['x-tocsin-signature']).toBe(signWebhook(secret, timestamp, update?.raw ?? ''));
  expect(update?.raw).not.toContain(secret);
  expect(update?.headers['idempotency-key']).toBe(update?.body['id']);
  expect(update?.body).toMatchObject({
    may_be_repeat: false,
    meta: { unsubscribe: `https://status.example.org/de/leave/${token}/` },
    page: { status_indicator: 'none' },
    incident: {
      id: incidentId,
      status: 'identified',
      shortlink: `https://status.example.org/de/incidents/${incidentId}/`,
      incident_updates: [
        { status: 'identified', body: 'We know why.' },
        { body: 'Nobody has confirmed yet.', incident_id: incidentId },
      ],
    },
  });

  receiver.answers.set('/hook', (response) => response.writeHead(503).end());
  await tells('Never arrives.');
  await expect.poll(() => bodies('/hook')).toHaveLength(3);
  await wish('leave', { token });
  await expect.poll(hookStates).toEqual([]);
  expect(await posts()).toEqual([]);
});

it('asks in Slack, and tells there what is neither a mention nor a link of others', async () => {
  const { wish, tells, hookStates } = await service();
  await wish('subscribe-hook', { kind: 'slack', url: receiver.url + slackPath, language: 'fr' });
  await expect.poll(() => bodies(slackPath)).toHaveLength(1);
  const token = /fr\/confirm\/(\w+)\/\|Oui/.exec(receiver.received[0]?.raw ?? '')?.[1];
  await wish('confirm', { token });
  await expect.poll(hookStates).toEqual([true]);
  await tells('<!channel> it burns');
  await expect.poll(() => bodies(slackPath)).toHaveLength(2);
  expect(bodies(slackPath)[1]).toMatchObject({
    text: 'Acme &lt;b&gt;: Cause identifiée',
    blocks: [
      { text: { type: 'plain_text', text: 'Acme <b>: Cause identifiée' } },
      { text: { type: 'plain_text', text: '<!channel> it burns' } },
      { elements: [{ text: expect.stringContaining(`/fr/leave/${token}/|`) }] },
    ],
  });
});

it('posts each update once and in order, however many responders there are; who hangs holds up nobody', async () => {
  const { hooks, tells, posts, hurry } = await service(3);
  await hooks(40);
  // More than are tried at a time.
  for (let at = 1; at <= 20; at += 1) receiver.answers.set(`/${at}`, () => undefined);
  await tells('First.');
  await tells('Second.');
  await expect
    .poll(() => receiver.received.filter(({ path }) => Number(path.slice(1)) > 20))
    .toHaveLength(40);
  for (let at = 21; at <= 40; at += 1) expect(toldTo(`/${at}`)).toEqual(['First.', 'Second.']);
  expect(receiver.received.filter(({ path }) => Number(path.slice(1)) <= 20)).toHaveLength(20);

  receiver.answers.clear();
  await expect
    .poll(async () => {
      await hurry();
      return posts();
    })
    .toEqual([{ state: 'sent', count: 80 }]);
  for (let at = 1; at <= 20; at += 1) {
    expect(toldTo(`/${at}`).at(-1)).toBe('Second.');
    // What was not answered may have been taken.
    expect(
      bodies(`/${at}`)
        .slice(1, -1)
        .every((body) => body['may_be_repeat']),
    ).toBe(true);
    expect(new Set(bodies(`/${at}`).map(({ id }) => id)).size).toBe(2);
  }
});

it('waits as long as a target asks, follows no redirect, and forgets on record who is gone', async () => {
  const { hooks, tells, posts } = await service();
  await hooks(3);
  receiver.answers.set('/1', (response) => response.writeHead(429, { 'retry-after': '3' }).end());
  receiver.answers.set('/2', (response) => response.writeHead(302, { location: '/elsewhere' }).end());
  receiver.answers.set('/3', (response) => response.writeHead(410).end('moved out'));
  await tells('News.');
  await expect.poll(() => posts()).toEqual([{ state: 'queued', count: 2 }]);
  await expect
    .poll(async () => (await db.query('select kind, host, reason from status_page_hook_removals')).rows)
    .toEqual([{ kind: 'webhook', host: receiver.url.replace('http://', ''), reason: 'HTTP 410: moved out' }]);
  const since = Date.now();
  receiver.answers.clear();
  await expect.poll(() => posts()).toEqual([{ state: 'sent', count: 2 }]);
  expect(Date.now() - since).toBeGreaterThan(1000);
  expect(bodies('/1')).toHaveLength(2);
  // Refused and limited: it was not taken, and the next is no repeat.
  expect(bodies('/1')[1]?.['may_be_repeat']).toBe(false);
  expect(bodies('/elsewhere')).toEqual([]);
  expect(bodies('/3')).toHaveLength(1);
});
