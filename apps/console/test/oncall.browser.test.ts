import { teamDocument } from '@tocsin/contract';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { closeBrowser, openContext, type View } from './open-context.ts';
import { axeProblems, overflow } from './page-problems.ts';
import { serveStage, type ServedStage } from './serve-stage.ts';

const phone: View = { width: 360, height: 740, scheme: 'light' };
/** Chromium on a busy machine takes its time. */
const patienceMs = 60_000;
vi.setConfig({ testTimeout: 2 * patienceMs });

let served: ServedStage;
let endings: (() => Promise<void>)[] = [];

const layer = (id: string, people: string[], hours?: object) => ({
  id,
  people,
  every: 'daily',
  start: '2026-01-01T09:00',
  ...(hours === undefined ? {} : { hours: [hours] }),
});

beforeAll(async () => {
  served = await serveStage();
  const { team } = served.stage.ports;
  const { document } = team.state().inUse;
  await team.apply(
    teamDocument.parse({
      ...document,
      schedules: [
        { id: 'first', name: 'First line', zone: 'UTC', layers: [layer('all', ['primary', 'responder'])] },
        {
          id: 'days',
          zone: 'Europe/Berlin',
          layers: [layer('day', ['second'], { from: '09:00', to: '17:00' })],
        },
      ],
      onCall: { 1: ['first'], 2: ['days'] },
      people: document.people.map((one) =>
        one.id === 'primary' ? { ...one, contacts: [{ channel: 'ntfy', address: 'primary-wakes' }] } : one,
      ),
    }),
    0,
    { kind: 'user', id: 'admin', name: 'An administrator' },
  );
});
afterAll(() => Promise.all([closeBrowser(), served.stop()]));
afterEach(async () => {
  for (const end of endings) await end();
  endings = [];
});

async function fits(page: Page): Promise<void> {
  expect(await overflow(page)).toBe(0);
  expect(await axeProblems(page)).toEqual([]);
}

it('phone: shows shifts and gaps; an absence is entered, counts at once, and is taken back', async () => {
  const browser = await openContext(phone);
  endings.push(browser.close);
  const page = await browser.context.newPage();
  page.setDefaultTimeout(patienceMs);
  await page.goto(await served.loginLink('responder'));
  await page.getByText(/All quiet/).waitFor();
  await fits(page);
  await page.getByRole('link', { name: 'The next 14 days' }).click();
  await page.getByRole('heading', { name: 'On call', exact: true }).waitFor();
  await page.getByText('layer day is outside its hours').first().waitFor();
  await page.getByText('A responder (responder) has no way to be woken').waitFor();
  await page.getByText(`Primary on-call (primary) has verified no way to be woken (ntfy)`).waitFor();
  expect(
    await page.getByRole('region', { name: 'First line' }).getByRole('listitem').count(),
  ).toBeGreaterThan(13);
  await fits(page);

  await page.getByLabel('Who', { exact: true }).selectOption('primary');
  await page.getByLabel('What', { exact: true }).selectOption({ label: 'is away' });
  await page.getByLabel(/^To/).fill('2099-01-01T00:00');
  await page.getByRole('button', { name: 'Say that they are away' }).click();
  await page.getByText('Primary on-call is away').waitFor();
  await page.getByText('stands in for Primary on-call').first().waitFor();
  await fits(page);
  await page.getByRole('button', { name: 'Take it back' }).click();
  await page.getByText('Primary on-call is away').waitFor({ state: 'detached' });
});
