import { statusPageConfig } from '@tocsin/contract';
import { afterAll, expect, it } from 'vitest';
import { createTenantLinks } from '../../responder/src/comms/status-page/tenants/tenant-links.ts';
import { storeTenantPages } from '../../responder/src/comms/status-page/tenants/store-tenant-pages.ts';
import { testDatabase } from '../../responder/test/database.ts';
import { startStatusPage } from '../src/start-status-page.ts';
import { pageOf } from './page-snapshot.ts';

const db = await testDatabase();
const serviceId = 'acme';
await db.query('insert into status_page_snapshots values ($1, $2, 1, clock_timestamp())', [
  serviceId,
  JSON.stringify(pageOf()),
]);
const at = '2026-03-26T18:50:00.000Z';
const pageFor = (tenant: string) => ({
  format: 1 as const,
  tenant,
  state: 'failing' as const,
  harmedMinutes: 7,
  incidents: [
    {
      id: `inc_${tenant}`,
      number: 1,
      status: 'identified' as const,
      harmedFrom: at,
      harmedTo: null,
      updates: [{ id: `u_${tenant}`, status: 'identified' as const, body: `Only for **${tenant}**.`, at }],
    },
  ],
});
await storeTenantPages(db, serviceId, [pageFor('north'), pageFor('south')]);
const clock = { ms: Date.now() };
const page = await startStatusPage({
  config: {
    serviceId,
    databaseUrl: db.url,
    page: statusPageConfig.parse({ listen: { port: 0 } }),
    places: [],
  },
  keepFile: null,
  log: () => undefined,
  now: () => clock.ms,
});
afterAll(() => page.stop());
const links = createTenantLinks(db, { serviceId, pageUrl: page.url, customers: ['east'] });
const status = async (): Promise<number> => (await fetch(`${page.url}/en/`)).status;

it('leads each tenant to their own page, in their language, kept by nobody', async () => {
  await expect.poll(status).toBe(200);
  const { url, expiresAt } = await links.make('north', 30);
  expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now() + 29 * 86_400_000);
  const answer = await fetch(url, { headers: { 'accept-language': 'de' } });
  const text = await answer.text();
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'cache-control': 'private, no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
  });
  expect(text).toContain('Wie es für north steht');
  expect(text).toContain('Only for <strong>north</strong>.');
  expect(text).not.toContain('south');
  const path = new URL(url).pathname;
  expect(await (await fetch(`${page.url}/fr${path}`)).text()).toContain('La situation pour north');
});

it('a link that was altered, has expired or was ended leads nowhere, and all look the same', async () => {
  await expect.poll(status).toBe(200);
  const { url } = await links.make('north', 1);
  const [name, ...rest] = new URL(url).pathname.split('/')[2]?.split('.') ?? [];
  const south = [Buffer.from('south').toString('base64url'), ...rest].join('.');
  const altered = await fetch(`${page.url}/en/tenant/${south}/`);
  expect(name).toBe(Buffer.from('north').toString('base64url'));
  const unknown = await altered.text();
  expect([altered.status, unknown.includes('north'), unknown.includes('south')]).toEqual([404, false, false]);
  clock.ms += 2 * 86_400_000;
  const expired = await fetch(url);
  clock.ms -= 2 * 86_400_000;
  expect(expired.status).toBe(404);
  expect((await fetch(url)).status).toBe(200);
  await links.end('north');
  expect((await fetch(url)).status).toBe(404);
  expect((await fetch((await links.make('north', 1)).url)).status).toBe(200);
});

it('says how old it is when nobody stands by it any more, and what somebody else has written is written over', async () => {
  await expect.poll(status).toBe(200);
  const { url } = await links.make('south', 1);
  const look = async (): Promise<string> => (await fetch(url)).text();
  expect(await look()).not.toContain('role="alert"');
  await db.query(`update status_page_snapshots set checked_at = clock_timestamp() - interval '7 minutes'`);
  expect(await look()).toMatch(/role="alert"[^<]*7/);
  await db.query(`update status_page_snapshots set checked_at = clock_timestamp()`);
  const well = { ...pageFor('south'), state: 'well' as const };
  await storeTenantPages(db, serviceId, [well]);
  await storeTenantPages(db, serviceId, [pageFor('south')]);
  await storeTenantPages(db, serviceId, [well]);
  expect(await look()).toContain('No outage affects your requests now.');
});

it('is made for tenants that are known', async () => {
  await expect(links.make('nobody', 1)).rejects.toThrow('tenant "nobody": expected one of the configuration');
  expect((await fetch((await links.make('east', 1)).url)).status).toBe(404);
});
