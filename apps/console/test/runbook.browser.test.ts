import { readFileSync, writeFileSync } from 'node:fs';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { launchBrowser, type View } from './launch-browser.ts';
import { serveStage, type ServedStage } from './serve-stage.ts';

const desk: View = { width: 1280, height: 900, scheme: 'light' };
const phone: View = { width: 360, height: 740, scheme: 'dark' };

let served: ServedStage;
let text: string;
let endings: (() => Promise<void>)[] = [];

beforeAll(async () => {
  served = await serveStage();
  text = readFileSync(served.stage.runbookFile, 'utf8');
});
afterAll(() => served.stop());
afterEach(async () => {
  for (const end of endings) await end();
  endings = [];
});

async function signIn(person: string, view: View): Promise<Page> {
  const browser = await launchBrowser(view);
  endings.push(browser.close);
  const page = await browser.context.newPage();
  await page.goto(await served.loginLink(person));
  await page.getByText(/All quiet/).waitFor();
  return page;
}

/** Edits the file of the runbook that is in use. Each test leaves the file as the version in use. */
function edit(from: string, to: string): string {
  const edited = text.replace(from, to);
  if (edited === text) throw new Error(`the runbook does not say ${from}`);
  writeFileSync(served.stage.runbookFile, edited);
  return edited;
}

async function axeProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: engine } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: readonly { id: string; nodes: readonly { html: string }[] }[] }> };
    };
    const { violations } = await engine.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
  });
}

async function fits(page: Page): Promise<void> {
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(over).toBe(0);
  expect(await axeProblems(page)).toEqual([]);
}

it.each([
  ['desk', desk, '>5%', '>60%'],
  ['phone', phone, '>60%', '>70%'],
] as const)(
  '%s: a weaker edit is announced, shown and taken after one more question',
  async (_name, view, from, to) => {
    const page = await signIn('primary', view);
    const edited = edit(from, to);
    await page
      .getByRole('status')
      .getByText(/is offered: 1 change, of which 1 weaker/)
      .waitFor();
    await fits(page);
    await page.getByRole('link', { name: 'See what it changes' }).click();
    const panel = page.getByRole('region', { name: 'Offered: not in use yet' });
    await panel.getByText(new RegExp(`${from}.*${to}`)).waitFor();
    expect(
      await page
        .getByRole('status')
        .getByText(/is offered/)
        .count(),
    ).toBe(0);
    await fits(page);
    await panel.getByRole('button', { name: 'Take into use…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Take a weaker runbook into use?' });
    await dialog.getByText(new RegExp(`${from}.*${to}`)).waitFor();
    await fits(page);
    expect(served.stage.ports.runbook.state().standing?.status).toBe('offered');
    await dialog.getByRole('button', { name: /^Take [0-9a-f]{8} into use$/ }).click();
    await page
      .getByRole('region', { name: 'In use' })
      .getByText(/by Primary on-call/)
      .waitFor();
    expect(await panel.count()).toBe(0);
    expect(served.stage.ports.runbook.state().inUse).toMatchObject({
      takenBy: { kind: 'user', id: 'primary' },
      document: { markdown: edited },
    });
    text = edited;
  },
);

it('a safer edit comes into use by itself, and every page says so', async () => {
  const page = await signIn('viewer', phone);
  text = edit('>70%', '>2%');
  await page
    .getByRole('status')
    .getByText(/is in use now: 1 change/)
    .waitFor();
  await fits(page);
  await page.getByRole('link', { name: 'See the runbook' }).click();
  await page.getByRole('region', { name: 'In use' }).getByText(/safer/).waitFor();
  expect(served.stage.ports.runbook.state().inUse.document.markdown).toBe(text);
  await fits(page);
});

it.each([
  ['desk', desk],
  ['phone', phone],
])(
  '%s: a broken edit is refused with the problem beside its line, until the text goes back',
  async (_name, view) => {
    const page = await signIn('primary', view);
    const broken = edit('## Phase 1', '## Phase 1: Broken (5-0 minutes)\n\n## Phase 1');
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
    writeFileSync(served.stage.runbookFile, text);
    await panel.waitFor({ state: 'detached' });
  },
);

it('offers no decision to somebody who may not decide', async () => {
  const page = await signIn('viewer', desk);
  edit('>2%', '>50%');
  await page.getByRole('link', { name: 'See what it changes' }).click();
  await page.getByText('An approver has to decide.').waitFor();
  expect(await page.getByRole('button', { name: /Take/ }).count()).toBe(0);
  writeFileSync(served.stage.runbookFile, text);
  await page.getByText('An approver has to decide.').waitFor({ state: 'detached' });
});
