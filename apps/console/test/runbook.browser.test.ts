import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { closeBrowser, openContext, type View } from './open-context.ts';
import { axeProblems, overflow } from './page-problems.ts';
import { serveStage, type ServedStage } from './serve-stage.ts';

const desk: View = { width: 1280, height: 900, scheme: 'light' };
/** Chromium on a busy machine takes its time. */
const patienceMs = 60_000;
vi.setConfig({ testTimeout: 2 * patienceMs });
const phone: View = { width: 360, height: 740, scheme: 'dark' };

let served: ServedStage;
let endings: (() => Promise<void>)[] = [];

beforeAll(async () => {
  served = await serveStage();
});
afterAll(() => Promise.all([closeBrowser(), served.stop()]));
afterEach(async () => {
  for (const end of endings) await end();
  endings = [];
  // The next test begins with the version in use in the file, and nothing beside it.
  writeFileSync(served.stage.runbookFile, inUse().document.markdown);
  await vi.waitUntil(() => served.stage.ports.runbook.state().standing === null, patienceMs);
});

const inUse = () => served.stage.ports.runbook.state().inUse;

async function signIn(person: string, view: View): Promise<Page> {
  const browser = await openContext(view);
  endings.push(browser.close);
  const page = await browser.context.newPage();
  page.setDefaultTimeout(patienceMs);
  await page.goto(await served.loginLink(person));
  await page.getByText(/All quiet/).waitFor();
  return page;
}

/** Replaces the first match in the text of the version in use, and saves it as the runbook's file. */
function edit(from: RegExp, to: (found: string) => string): string {
  const text = inUse().document.markdown;
  const edited = text.replace(from, to);
  if (edited === text) throw new Error(`the runbook does not say ${from}`);
  writeFileSync(served.stage.runbookFile, edited);
  return edited;
}

const errorLimit = />([\d.]+)%/;
const scaleLimit = (by: number) => edit(errorLimit, (found) => `>${Number(found.slice(1, -1)) * by}%`);
/** The limit as the changes say it. */
const limitOf = (text: string): string => `${errorLimit.exec(text)?.[0].slice(1, -1)} %`;

async function fits(page: Page): Promise<void> {
  expect(await overflow(page)).toBe(0);
  expect(await axeProblems(page)).toEqual([]);
}

it.each([
  ['desk', desk],
  ['phone', phone],
] as const)(
  '%s: a weaker edit is announced, shown and taken after one more question',
  async (_name, view) => {
    const page = await signIn('primary', view);
    const from = limitOf(inUse().document.markdown);
    const edited = scaleLimit(2);
    const change = new RegExp(`${from} -> ${limitOf(edited)}`);
    await page
      .getByRole('status')
      .getByText(/waits for a yes: 1 change, of which 1 weaker/)
      .waitFor();
    await fits(page);
    await page.getByRole('link', { name: 'See what it changes' }).click();
    const panel = page.getByRole('region', { name: 'Offered: not in use yet' });
    await panel.getByText(change).waitFor();
    expect(
      await page
        .getByRole('status')
        .getByText(/waits for a yes/)
        .count(),
    ).toBe(0);
    await fits(page);
    await panel.getByRole('button', { name: 'Take into use…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Take a weaker runbook into use?' });
    await dialog.getByText(change).waitFor();
    await fits(page);
    expect(served.stage.ports.runbook.state().standing?.status).toBe('offered');
    await dialog.getByRole('button', { name: /^Take [0-9a-f]{8} into use$/ }).click();
    await page
      .getByRole('region', { name: 'In use' })
      .getByText(/by Primary on-call/)
      .waitFor();
    await panel.waitFor({ state: 'detached' });
    expect(served.stage.ports.runbook.state().inUse).toMatchObject({
      takenBy: { kind: 'user', id: 'primary' },
      document: { markdown: edited },
    });
  },
);

it('a safer edit comes into use by itself, and every page says so', async () => {
  const page = await signIn('viewer', phone);
  const edited = scaleLimit(0.5);
  await page
    .getByRole('status')
    .getByText(/is in use now: 1 change/)
    .waitFor();
  await fits(page);
  await page.getByRole('link', { name: 'See the runbook' }).click();
  await page.getByRole('region', { name: 'In use' }).getByText(/safer/).waitFor();
  expect(served.stage.ports.runbook.state().inUse.document.markdown).toBe(edited);
  await fits(page);
});

it.each([
  ['desk', desk],
  ['phone', phone],
])(
  '%s: a broken edit is refused with the problem beside its line, until the text goes back',
  async (_name, view) => {
    const page = await signIn('primary', view);
    const broken = edit(/## Phase 1/, (found) => `${found}: Broken (5-0 minutes)\n\n${found}`);
    const line = broken.split('\n').findIndex((one) => one.includes('(5-0 minutes)')) + 1;
    await page
      .getByRole('status')
      .getByText(/was refused: it has \d+ error/)
      .waitFor();
    await page.getByRole('link', { name: 'See the runbook' }).click();
    const panel = page.getByRole('region', { name: 'Refused: the old version stays' });
    await panel.getByText('error RB004').first().waitFor();
    const marked = panel.locator('.text-line[data-problem="true"]').first();
    expect(await marked.innerText()).toMatch(new RegExp(`^${line}\\s+.*5-0 minutes`));
    await panel.getByText(`line ${line}, column`).first().waitFor();
    await fits(page);
    await panel.getByRole('button', { name: 'Show every line of the text' }).click();
    expect(await panel.locator('.text-line').count()).toBe(broken.split('\n').length);
    await fits(page);
    writeFileSync(served.stage.runbookFile, inUse().document.markdown);
    await panel.waitFor({ state: 'detached' });
  },
);

it('offers no decision to somebody who may not decide', async () => {
  const page = await signIn('viewer', desk);
  scaleLimit(2);
  await page.getByRole('link', { name: 'See what it changes' }).click();
  await page.getByText('An approver has to decide.').waitFor();
  expect(await page.getByRole('button', { name: /Take/ }).count()).toBe(0);
  writeFileSync(served.stage.runbookFile, inUse().document.markdown);
  await page.getByText('An approver has to decide.').waitFor({ state: 'detached' });
});
