import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { closeBrowser, openContext, type View } from './open-context.ts';
import { axeProblems, overflow } from './page-problems.ts';
import { serveStage, type ServedStage } from './serve-stage.ts';

const desk: View = { width: 1280, height: 900, scheme: 'light' };
const phone: View = { width: 360, height: 740, scheme: 'dark' };
/** Chromium on a busy machine takes its time. */
const patienceMs = 20_000;
vi.setConfig({ testTimeout: 2 * patienceMs });

let served: ServedStage;
let endings: (() => Promise<void>)[] = [];

beforeAll(async () => {
  served = await serveStage();
});
afterAll(() => Promise.all([closeBrowser(), served.stop()]));
beforeEach(() => served.forget());
afterEach(async () => {
  for (const end of endings) await end();
  endings = [];
});

async function openIncident(view: View): Promise<Page> {
  const browser = await openContext(view);
  endings.push(browser.close);
  const page = await browser.context.newPage();
  page.setDefaultTimeout(patienceMs);
  await page.goto(await served.loginLink('primary'));
  await page.getByText(/All quiet|Outage confirmed/).waitFor();
  await served.stage.nodeDies();
  await page.getByRole('link', { name: /P0.*node-failure/ }).click();
  await page.getByRole('heading', { name: 'Cordon affected node' }).waitFor();
  return page;
}

async function fits(page: Page): Promise<void> {
  expect(await overflow(page)).toBe(0);
  expect(await axeProblems(page)).toEqual([]);
}

const updates = async () => {
  const [incident] = await served.stage.incidents.list();
  return served.stage.ports.comms.updates.told(incident?.id ?? '');
};

it.each([
  ['at a desk', desk],
  ['on a phone', phone],
])(
  'an edited text is previewed, and told outside with what stays inside only for a reason, %s',
  async (_where, view) => {
    const page = await openIncident(view);
    await page.getByRole('button', { name: 'Tell them: the status page' }).click();
    const dialog = page.getByRole('dialog', { name: 'Tell the status page' });
    const text = dialog.getByLabel('Text');
    await dialog.getByText('Goes to 1 target').click();
    await text.fill('Requests to 10.1.2.3 fail, we are on it.');
    await dialog.locator('pre', { hasText: 'Requests to 10.1.2.3 fail' }).waitFor();
    await dialog.getByText('Stays inside: line 1, column 13: the address "10.1.2.3".').waitFor();
    await fits(page);
    const send = dialog.getByRole('button', { name: 'Send to the status page' });
    await send.click();
    await dialog.getByText(/insist with a reason/).waitFor();
    expect(await updates()).toEqual([]);
    await dialog.getByLabel('Send it all the same? Why?').fill('the customer asked for this address');
    await send.click();
    await dialog.waitFor({ state: 'hidden' });
    const [told] = await updates();
    expect(told).toMatchObject({
      audience: 'status-page',
      body: 'Requests to 10.1.2.3 fail, we are on it.',
      insisted: { reason: 'the customer asked for this address' },
    });
    await page
      .getByText(/The status page:/)
      .first()
      .waitFor();
    await fits(page);
  },
);

it('when clients were harmed is corrected with a reason, beside what was measured', async () => {
  const page = await openIncident(phone);
  const [before] = await served.stage.incidents.list();
  await page.getByRole('button', { name: 'Correct the harm' }).click();
  const dialog = page.getByRole('dialog', { name: 'When were clients harmed?' });
  await dialog.getByText(/Measured: from .* until now/).waitFor();
  const began = dialog.getByLabel('Harm began');
  const measured = await began.inputValue();
  await began.fill(`${measured.slice(0, 17)}00`);
  await fits(page);
  await dialog.getByLabel('Why is it corrected?').fill('the first minute was harmed as well');
  await dialog.getByRole('button', { name: 'Correct' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const [after] = await served.stage.incidents.list();
  expect(after?.impactCorrection).toMatchObject({
    endAt: null,
    reason: 'the first minute was harmed as well',
  });
  expect((after?.impactCorrection?.startAt ?? 1) % 60_000).toBe(0);
  expect(after?.impactStartAt).toBe(before?.impactStartAt);
  await page.getByRole('button', { name: 'Correct the harm' }).click();
  await dialog.getByText(/Corrected before by .*: the first minute was harmed as well/).waitFor();
});
