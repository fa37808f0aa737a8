import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeBrowser, openContext, type View } from '../../console/test/open-context.ts';
import { axeProblems, overflow } from '../../console/test/page-problems.ts';
import { createReportDesk } from '../src/report/create-report-desk.ts';
import { createRateLimit } from '../src/report/rate-limit.ts';
import { reportRoute } from '../src/report/report-route.ts';
import { answersOf } from '../src/serve/answers.ts';
import { createServer } from '../src/serve/create-server.ts';
import { siteOf } from '../src/site.ts';
import { tenantRoute } from '../src/tenant/tenant-route.ts';
import { subscribeRoutes } from '../src/subscribe/subscribe-routes.ts';
import { pageOf } from './page-snapshot.ts';

const stale = { since: '2026-03-26T19:00:00.000Z', minutes: 5 };
const stored: string[] = [];
let server: Server;
let url = '';
beforeAll(async () => {
  const find = answersOf(siteOf(pageOf(), { stale, takes: { reports: true, subscribers: true } }));
  const desk = createReportDesk({
    secret: 'secret',
    limit: createRateLimit({ perVisitor: 3, forAll: 9, withinMs: 60_000 }),
    behindProxy: false,
    store: async ({ text }) => void stored.push(text),
    now: Date.now,
  });
  server = createServer(
    () => ({ find, languages: ['en', 'de', 'fr', 'es'], root: '/' }),
    [
      reportRoute(desk, () => pageOf()),
      tenantRoute(
        {
          find: (token) =>
            Promise.resolve(
              token.startsWith('known')
                ? {
                    ageMs: 0,
                    page: {
                      format: 1,
                      tenant: 'acme',
                      state: 'failing',
                      harmedMinutes: 42,
                      incidents: [
                        {
                          id: 'inc_b',
                          number: 2,
                          status: 'identified',
                          harmedFrom: '2026-03-26T18:40:00.000Z',
                          harmedTo: null,
                          updates: [
                            {
                              id: 'u',
                              status: 'identified',
                              body: 'We know why.',
                              at: '2026-03-26T18:50:00.000Z',
                            },
                          ],
                        },
                      ],
                    },
                  }
                : null,
            ),
        },
        () => pageOf(),
      ),
      ...subscribeRoutes({
        secret: 'secret',
        limit: createRateLimit({ perVisitor: 3, forAll: 9, withinMs: 60_000 }),
        linkLimit: createRateLimit({ perVisitor: 9, forAll: 9, withinMs: 60_000 }),
        behindProxy: false,
        ways: { email: true, webhookHosts: ['example.com'], slack: 'https://hooks.slack.com' },
        wishes: {
          subscribe: () => Promise.resolve(),
          subscribeHook: async ({ url: given }) => void stored.push(given),
          followLink: () => Promise.resolve(true),
        },
        snapshot: () => pageOf(),
        now: Date.now,
      }),
    ],
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await closeBrowser();
  server.close();
});

const desk: View = { width: 1280, height: 900, scheme: 'light' };
const phone: View = { width: 360, height: 740, scheme: 'dark' };

it.each([
  ['/en/', desk],
  ['/de/', phone],
  ['/fr/incidents/inc_b/', phone],
  ['/es/history/2026-02/', desk],
  ['/en/report/', phone],
  ['/fr/subscribe/', desk],
  ['/de/subscribe/', phone],
  ['/es/subscribe/', phone],
  [`/de/tenant/known.${'x'.repeat(40)}/`, phone],
  [`/en/tenant/known.${'x'.repeat(40)}/`, desk],
  ['/fr/tenant/cut-short/', phone],
  ['/en/confirm/abcdefghij0123456789/', phone],
])('%s is accessible, fits and keeps to its own policy, %j', async (path, view) => {
  const { context, close } = await openContext(view);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    // What leads nowhere is answered with 404, and Chromium says so.
    if (!message.text().includes('status of 404')) complaints.push(message.text());
  });
  await page.goto(url + path);
  expect(await page.locator('h1').count()).toBe(1);
  expect(await overflow(page)).toBe(0);
  expect(await axeProblems(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await close();
});

it('leads from the page to an incident, to another language and back', async () => {
  const { context, close } = await openContext(phone);
  const page = await context.newPage();
  await page.goto(`${url}/en/`);
  await page.getByRole('link', { name: 'Partial outage: Data <API>' }).click();
  await page.getByRole('link', { name: 'Deutsch' }).click();
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Teilweise Störung: Data <API>');
  await page.getByRole('link', { name: 'Zurück zum aktuellen Status' }).click();
  await page.getByText('Tage mit Unterbrechungen (1)').first().click();
  await page.getByText('5. Februar').first().waitFor();
  await close();
});

it('takes a report from the page, in the language of its reader', async () => {
  const { context, close } = await openContext(desk);
  const page = await context.newPage();
  await page.goto(`${url}/de/`);
  await page.getByRole('link', { name: 'Problem melden' }).click();
  await page.getByLabel('Was passiert?').fill('Uploads <gehen> nicht');
  // Who fills it in faster than in two seconds is a machine.
  await page.waitForTimeout(2100);
  await page.getByRole('button', { name: 'Senden' }).click();
  await page.getByText('Danke. Wir sehen nach.').waitFor();
  expect(stored).toEqual(['Uploads <gehen> nicht']);
  await close();
});

it('takes a webhook from a form of its own, and says what is wrong with another', async () => {
  const { context, close } = await openContext(phone);
  const page = await context.newPage();
  await page.goto(`${url}/en/subscribe/`);
  const form = page.getByRole('form', { name: 'By webhook' });
  await page.getByLabel('URL, with https').fill('https://evil.org/hook');
  await page.waitForTimeout(2100);
  await form.getByRole('button').click();
  await page.getByRole('alert').getByText('(example.com)').waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await page.getByLabel('URL, with https').fill('https://hooks.example.com/in');
  await page.waitForTimeout(2100);
  await form.getByRole('button').click();
  await page.getByText('follow the link in the message').waitFor();
  expect(stored.at(-1)).toBe('https://hooks.example.com/in');
  await close();
});
