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
