import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, connect, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PageSnapshot, statusPageConfig } from '@tocsin/contract';
import { afterEach, expect, it } from 'vitest';
import { testDatabase } from '../../responder/test/database.ts';
import { component, pageOf } from '../test/page-snapshot.ts';
import { startStatusPage, type StatusPage } from './start-status-page.ts';

const db = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'tocsin-page-'));
const keepFile = join(folder, 'kept.json');
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
  rmSync(folder, { recursive: true, force: true });
});

/** As the responder publishes. */
async function publish(snapshot: PageSnapshot): Promise<void> {
  await db.query(
    `insert into status_page_snapshots as s values ('acme', $1, 1, clock_timestamp())
     on conflict (service_id) do update set snapshot = excluded.snapshot, revision = s.revision + 1, checked_at = excluded.checked_at`,
    [JSON.stringify(snapshot)],
  );
  await db.query(`select pg_notify('status_page', 'acme')`);
}

/** The way to the database, which can be cut. */
async function wayToDatabase() {
  const { hostname, port } = new URL(db.url);
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) return near.destroy();
    const far = connect(Number(port), hostname);
    for (const one of [near, far]) sockets.add(one.on('error', () => undefined));
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(db.url);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  stops.push(() => server.close());
  return {
    url: url.href,
    cut(): void {
      isCut = true;
      for (const one of sockets) one.destroy();
    },
    mend(): void {
      isCut = false;
    },
  };
}

it('shows what is published at once, and keeps the last when the database is away, saying how old it is', async () => {
  const way = await wayToDatabase();
  let clock = Date.now();
  const said: string[] = [];
  const start = async (): Promise<StatusPage> => {
    const page = statusPageConfig.parse({ listen: { port: 0 } });
    const started = await startStatusPage({
      config: { serviceId: 'acme', databaseUrl: way.url, page, places: [] },
      keepFile,
      log: (_level, message) => said.push(message),
      now: () => clock,
      pollMs: 50,
      lookMs: 10,
    });
    stops.push(started.stop);
    return started;
  };
  let page = await start();
  const read = async (path = '/'): Promise<string> => (await fetch(`${page.url}${path}`)).text();
  expect(await read()).toContain('nothing has been published yet');

  const operational = { components: [component({ state: 'operational' })], incidents: [] };
  await publish(pageOf(operational));
  await expect.poll(() => read()).toContain('All systems operational');
  await publish(pageOf());
  await expect.poll(() => read()).toContain('partly out of service');

  way.cut();
  await expect.poll(() => said.join('\n')).toContain('the database does not answer');
  clock += 10 * 60_000;
  await expect.poll(() => read()).toMatch(/could not be brought up to date since[^]*\(10 minutes ago\)/);
  expect(await read('/de/')).toContain('vor 10 Minuten');
  expect(await read()).toContain('partly out of service');

  // A start without a database: what was kept is shown.
  await page.stop();
  page = await start();
  expect(await read()).toContain('partly out of service');

  way.mend();
  await publish(pageOf(operational));
  clock = Date.now();
  await expect.poll(() => read()).toContain('All systems operational');
  await expect.poll(() => read()).not.toContain('brought up to date');
});

it('writes down who wants mails, and follows the links of mails once they are asked to', async () => {
  let clock = Date.now();
  const page = await startStatusPage({
    config: {
      serviceId: 'acme',
      databaseUrl: db.url,
      page: statusPageConfig.parse({
        listen: { port: 0 },
        subscribers: { webhookHosts: ['example.com', 'https://10.0.0.5'], slack: true },
      }),
      places: [],
    },
    keepFile: null,
    log: () => undefined,
    now: () => clock,
  });
  stops.push(page.stop);
  await publish(pageOf());
  const read = async (path: string) => (await fetch(page.url + path)).text();
  await expect.poll(() => read('/de/')).toContain('href="/de/subscribe/"');
  const wishes = async () =>
    (await db.query('select kind, wish from status_page_wishes order by created_at')).rows;

  const stamp = /name="stamp" value="([^"]+)"/.exec(await read('/de/subscribe/'))?.[1] ?? '';
  clock += 5000;
  const send = (path: string, fields: Record<string, string>) =>
    fetch(page.url + path, { method: 'POST', body: new URLSearchParams(fields) });
  const wrong = await send('/de/subscribe/', { address: 'nobody', website: '', stamp });
  expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('Bitte geben Sie')]);
  const taken = await send('/de/subscribe/', { address: 'Ada@Example.org', website: '', stamp });
  expect(await taken.text()).toContain('Fast fertig');
  await send('/de/subscribe/', { address: 'bot@example.org', website: 'https://spam.example', stamp });
  expect(await wishes()).toEqual([
    { kind: 'subscribe', wish: { address: 'ada@example.org', language: 'de' } },
  ]);

  const hook = (way: string, given: string) =>
    send('/de/subscribe/', { way, url: given, website: '', stamp });
  const inside = await hook('webhook', 'https://192.168.0.1/');
  expect([inside.status, await inside.text()]).toEqual([422, expect.stringContaining('(example.com)')]);
  expect((await hook('slack', 'https://example.com/services/T1/B2/c3')).status).toBe(422);
  const url = 'https://hooks.example.com/in';
  expect(await (await hook('webhook', url)).text()).toContain('folgen Sie dem Link');
  await hook('slack', 'https://hooks.slack.com/services/T1/B2/c3');
  expect((await wishes()).slice(1)).toEqual([
    { kind: 'subscribe-hook', wish: { kind: 'webhook', url, language: 'de' } },
    {
      kind: 'subscribe-hook',
      wish: { kind: 'slack', url: 'https://hooks.slack.com/services/T1/B2/c3', language: 'de' },
    },
  ]);

  const token = 'abcdefghij0123456789';
  await db.query(
    `insert into status_page_subscribers (id, service_id, address, language, token) values ('s', 'acme', 'ada@example.org', 'de', $1)`,
    [token],
  );
  // Looking changes nothing: programs that look into mails open every link.
  expect(await read(`/de/confirm/${token}/`)).toContain('Abonnement bestätigen');
  expect((await send('/de/confirm/abcdefghij9999999999/', {})).status).toBe(404);
  expect(await (await send(`/de/confirm/${token}/`, {})).text()).toContain('Bestätigt');
  // As RFC 8058 has mail programs do it.
  const oneClick = await send(`/de/leave/${token}/`, { 'List-Unsubscribe': 'One-Click' });
  expect(oneClick.status).toBe(200);
  const hookToken = 'hook-abcdefghij0123456789';
  await db.query(
    `insert into status_page_hooks (id, service_id, kind, url, language, token, secret) values ('h', 'acme', 'webhook', $1, 'de', $2, 's')`,
    [url, hookToken],
  );
  // A program confirms by one POST.
  expect((await send(`/de/confirm/${hookToken}/`, {})).status).toBe(200);
  expect((await wishes()).slice(3)).toEqual([
    { kind: 'confirm', wish: { token } },
    { kind: 'leave', wish: { token } },
    { kind: 'confirm', wish: { token: hookToken } },
  ]);
});
