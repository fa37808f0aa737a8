import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { readAlertList } from '../../responder/src/alerts/index.ts';
import { closeBrowser, openContext, type View } from './open-context.ts';
import { axeProblems, overflow } from './page-problems.ts';
import { serveStage, type ServedStage } from './serve-stage.ts';

const desk: View = { width: 1280, height: 900, scheme: 'light' };
const phone: View = { width: 360, height: 740, scheme: 'dark' };
/** Chromium on a busy machine takes its time. */
const patienceMs = 60_000;
vi.setConfig({ testTimeout: 2 * patienceMs });

let served: ServedStage;
let endings: (() => Promise<void>)[] = [];
const maintenance = [
  {
    name: 'move-of-disks',
    startsAt: new Date(Date.now() - 60_000).toISOString(),
    endsAt: new Date(Date.now() + 3_600_000).toISOString(),
    matchers: ['node="n1"'],
  },
];

beforeAll(async () => {
  served = await serveStage({ maintenance });
});
afterAll(() => Promise.all([closeBrowser(), served.stop()]));
afterEach(async () => {
  for (const end of endings) await end();
  endings = [];
});

async function openAlerts(person: string, view: View): Promise<Page> {
  const browser = await openContext(view);
  endings.push(browser.close);
  const page = await browser.context.newPage();
  page.setDefaultTimeout(patienceMs);
  await page.goto(await served.loginLink(person));
  await page.getByText(/All quiet/).waitFor();
  await page.getByRole('link', { name: 'Alerts' }).click();
  await page.getByRole('heading', { name: 'Alerts', exact: true }).waitFor();
  return page;
}

async function fits(page: Page): Promise<void> {
  expect(await overflow(page)).toBe(0);
  expect(await axeProblems(page)).toEqual([]);
}

async function alertsCome(name: string): Promise<void> {
  const alert = (labels: object, summary: string): object => ({
    labels: { alertname: name, ...labels },
    annotations: { summary },
  });
  const body = [
    alert({ severity: 'critical', service: 'multitenant-api' }, 'every third request fails'),
    alert({ severity: 'critical', node: 'n1' }, 'the disk is full'),
    { labels: {} },
  ];
  const arrival = { at: Date.now(), resolveAfterMs: 600_000 };
  await served.stage.ports.alerts.take('prometheus', readAlertList(body, 'body', arrival));
}

it.each([
  ['desk', desk],
  ['phone', phone],
] as const)(
  '%s: shows what is active, what is kept back by what, and what is malformed',
  async (name, view) => {
    await alertsCome(`Fires-on-${name}`);
    const page = await openAlerts('primary', view);
    const counting = page.getByRole('listitem').filter({ hasText: 'every third request fails' }).first();
    await counting.getByText('P1').waitFor();
    const back = page.getByRole('listitem').filter({ hasText: 'the disk is full' }).first();
    await back.getByText(/in the maintenance window/).waitFor();
    expect(await back.getByRole('button').count()).toBe(0);
    await page
      .getByRole('region', { name: 'Malformed items' })
      .getByText(/at least one label/)
      .first()
      .waitFor();
    await fits(page);
    if (process.env['TOCSIN_SCREENSHOTS'] !== undefined)
      await page.screenshot({
        path: `${process.env['TOCSIN_SCREENSHOTS']}/alerts-${name}.png`,
        fullPage: true,
      });
  },
);

it('silences exactly one alert, and ends the silence', async () => {
  await alertsCome('Silenced');
  const page = await openAlerts('primary', phone);
  const entry = page.getByRole('listitem').filter({ hasText: 'Silenced' }).filter({ hasText: 'third' });
  await entry.getByRole('button', { name: 'Silence for an hour…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Silence Silenced?' });
  await dialog.getByRole('textbox').fill('known since yesterday');
  await fits(page);
  await dialog.getByRole('button', { name: 'Silence it for an hour' }).click();
  await entry.getByText(/silenced by/).waitFor();
  const [silence] = await served.stage.ports.alerts.silences();
  expect(silence).toMatchObject({ createdBy: 'Primary on-call', comment: 'known since yesterday' });
  await page.getByRole('region', { name: 'Kept quiet' }).getByRole('button', { name: 'End it now' }).click();
  await entry.getByRole('button', { name: 'Silence for an hour…' }).waitFor();
});

it('takes a report on a phone, counts the second one, and closes it', async () => {
  const page = await openAlerts('primary', phone);
  const form = page.getByRole('region', { name: 'Report something' });
  for (const count of ['the first of its kind', '2 of its kind']) {
    await form.getByLabel('Tenant, if one is known').fill('t1');
    await form.getByLabel('What is wrong').fill('cannot log in');
    await form.getByRole('button', { name: 'Report it' }).click();
    await form.getByText(`Kept: ${count}.`).waitFor();
  }
  const box = await form.getByRole('button', { name: 'Report it' }).boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(48);
  const reports = page.getByRole('region', { name: 'Reports of people' });
  await reports.getByText('2 times').waitFor();
  await fits(page);
  await expect
    .poll(() => served.stage.ports.alerts.facts.reports())
    .toMatchObject([{ tenant: 't1', count: 2, text: 'cannot log in' }]);
  await reports.getByRole('button', { name: 'Close…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Close this report?' });
  await dialog.getByRole('textbox').fill('wrong password');
  await dialog.getByRole('button', { name: 'Close it' }).click();
  await reports.getByText('Closed: wrong password').waitFor();
  await expect.poll(() => served.stage.ports.alerts.facts.reports()).toEqual([]);
});

it('says which tenants there are when one is mistyped, and offers nothing to a viewer', async () => {
  const page = await openAlerts('primary', desk);
  const form = page.getByRole('region', { name: 'Report something' });
  await form.getByLabel('Tenant, if one is known').fill('t99');
  await form.getByLabel('What is wrong').fill('slow');
  await form.getByRole('button', { name: 'Report it' }).click();
  await form.getByText(/"t99"; expected one of t1, t2/).waitFor();
  const viewer = await openAlerts('viewer', phone);
  await viewer.getByRole('region', { name: 'Reports of people' }).waitFor();
  expect(await viewer.getByRole('region', { name: 'Report something' }).count()).toBe(0);
  expect(await viewer.getByRole('button', { name: /Silence|Close/ }).count()).toBe(0);
});
