import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeBrowser, openContext, type View } from './open-context.ts';
import { axeProblems, overflow } from './page-problems.ts';
import { serveStage, type ServedStage } from './serve-stage.ts';

const desk: View = { width: 1280, height: 900, scheme: 'light' };
const phone: View = { width: 360, height: 740, scheme: 'dark' };

let served: ServedStage;
let endings: (() => Promise<void>)[] = [];
let complaints: string[] = [];

beforeAll(async () => {
  served = await serveStage();
});
afterAll(() => Promise.all([closeBrowser(), served.stop()]));

beforeEach(async () => {
  await served.forget();
  complaints = [];
});
afterEach(async () => {
  for (const end of endings) await end();
  endings = [];
});

/** A fresh browser. What its console complains of (a breach of the content policy, a crash) is collected. */
async function browse(view: View = desk): Promise<Page> {
  const browser = await openContext(view);
  endings.push(browser.close);
  const page = await browser.context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(served.url) && !request.url().startsWith('data:'))
      complaints.push(`foreign request: ${request.url()}`);
  });
  return page;
}

async function signIn(person = 'primary', view: View = desk): Promise<Page> {
  const page = await browse(view);
  await page.goto(await served.loginLink(person));
  await page.getByText(/All quiet|Outage confirmed/).waitFor();
  return page;
}

async function openIncident(view: View = desk): Promise<Page> {
  const page = await signIn('primary', view);
  await served.stage.nodeDies();
  await page.getByRole('link', { name: /P0.*node-failure/ }).click();
  await page.getByRole('heading', { name: 'Cordon affected node' }).waitFor();
  return page;
}

function step(page: Page, label: string) {
  return page.getByRole('article', { name: label });
}

describe('signing in', () => {
  it('uses the link up, hides its token and shows what is watched', async () => {
    const page = await signIn();
    expect(page.url()).toBe(`${served.url}/`);
    await page.getByText('Primary on-call').first().waitFor();
    await page.getByText('Outside probes').waitFor();
    expect(complaints).toEqual([]);
  });

  it('says clearly that a link was used, and that one has expired', async () => {
    const link = await served.loginLink('primary');
    await (await browse()).goto(link);
    const second = await browse();
    await expect
      .poll(async () => {
        await second.goto('about:blank');
        await second.goto(link);
        return second.getByRole('alert').innerText();
      })
      .toMatch(/does not work any more[^]*was used at[^]*works once/);
    expect(second.url()).toBe(`${served.url}/login`);

    const late = await served.loginLink('primary');
    await served.expireLinks();
    const third = await browse();
    await third.goto(late);
    await third.getByText(/expired at/).waitFor();
  });

  it('signs out, and the session is over', async () => {
    const page = await signIn();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
    const status = await page.evaluate(async () => (await fetch('/api/me')).status);
    expect(status).toBe(401);
  });

  it('keeps strangers out', async () => {
    const page = await browse();
    await page.goto(`${served.url}/incidents/1`);
    await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
    expect(await page.getByRole('main').innerText()).toContain('one-time link');
  });
});

describe('an incident', () => {
  it('appears, changes and is acknowledged without a reload', async () => {
    const page = await signIn();
    await page.evaluate(() => Object.assign(globalThis, { untouched: true }));
    const { id } = await served.stage.nodeDies();
    await page.getByRole('link', { name: /P0.*node-failure/ }).click();
    await page.getByRole('button', { name: /Acknowledge/ }).click();
    await page.getByText(/^acknowledged \d\d:\d\d:\d\d by Primary on-call/).waitFor();
    expect((await served.stage.incidents.get(id))?.acknowledgedBy).toBe('primary');
    await served.stage.incidents.apply(
      id,
      { kind: 'escalate' },
      { kind: 'user', id: 'second', name: 'Secondary on-call' },
    );
    await page.getByText('called again, not acknowledged since').waitFor();
    await page.getByRole('button', { name: /Acknowledge/ }).click();
    await page.getByText('called again, not acknowledged since').waitFor({ state: 'detached' });
    await served.stage.incidents.apply(
      id,
      { kind: 'hands-off', on: true, reason: 'test' },
      { kind: 'user', id: 'second', name: 'Secondary on-call' },
    );
    await page.getByText('Tocsin changes nothing in the cluster').waitFor();
    expect(await page.getByRole('button', { name: 'Approve…' }).first().isDisabled()).toBe(true);
    expect(await page.evaluate(() => 'untouched' in globalThis)).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('takes an approval only after naming the target, bound to what was shown', async () => {
    const page = await openIncident();
    await step(page, 'Cordon affected node').getByRole('button', { name: 'Approve…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Approve on node/node-b?' });
    await dialog.getByText('kubectl cordon node-b').waitFor();
    await dialog.getByRole('button', { name: 'Approve on node/node-b' }).click();
    await step(page, 'Cordon affected node').getByText('1/1').waitFor();
    const [incident] = await served.stage.incidents.list();
    expect(incident?.steps[0]).toMatchObject({ id: 'cordon', status: 'approved' });
    expect(complaints).toEqual([]);
  });

  it('asks a second person for the destructive step', async () => {
    const page = await openIncident();
    const drain = step(page, 'Drain node if safe to do so');
    await drain.getByRole('button', { name: 'Approve…' }).click();
    await page.getByRole('button', { name: 'Approve on node/node-b' }).click();
    await drain.getByText('Somebody else has to be the second').waitFor();
    await drain.getByText('1/2').waitFor();
    expect(await drain.getByRole('button', { name: 'Approve…' }).count()).toBe(0);
  });

  it('takes a denial only with a reason', async () => {
    const page = await openIncident();
    await step(page, 'Cordon affected node').getByRole('button', { name: 'Deny…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Deny on node/node-b?' });
    const deny = dialog.getByRole('button', { name: 'Deny' });
    expect(await deny.isDisabled()).toBe(true);
    await dialog.getByLabel('Why not?').fill('node-b is being repaired by hand');
    await deny.click();
    await page.getByText('1 step decided').waitFor();
    const [incident] = await served.stage.incidents.list();
    expect(incident?.steps[0]?.status).toBe('denied');
    await page.getByRole('tab', { name: 'Timeline' }).click();
    await page.getByText(/denied cordon: node-b is being repaired by hand/).waitFor();
  });

  it('opens what a read returned, and why it was cut off', async () => {
    const page = await openIncident();
    await page.getByRole('tab', { name: 'Evidence' }).click();
    await page.getByRole('button', { name: /kubectl logs/ }).click();
    const drawer = page.getByRole('dialog', { name: 'Evidence' });
    await drawer.getByText('node-b did not answer for 8 s').waitFor();
    await drawer.getByText('zone-c').waitFor();
    expect(complaints).toEqual([]);
  });

  it('leads from the diagnosis to what was read of its subject', async () => {
    const page = await openIncident();
    await page.getByRole('heading', { name: 'Read it yourself' }).waitFor();
    await page
      .getByRole('button', { name: /kubectl .*node/ })
      .first()
      .click();
    await page.getByRole('dialog', { name: 'Evidence' }).getByText('zone-c').waitFor();
    expect(complaints).toEqual([]);
  });

  it('offers no decision to somebody who may not decide', async () => {
    const page = await signIn('viewer');
    await served.stage.nodeDies();
    await page.getByRole('link', { name: /P0.*node-failure/ }).click();
    await page.getByText('An approver has to decide.').first().waitFor();
    expect(await page.getByRole('button', { name: /Approve|Acknowledge/ }).count()).toBe(0);
  });

  it('splits off another outage, and merges it back', async () => {
    const page = await openIncident();
    const number = (await served.stage.incidents.list())[0]?.number;
    await page.getByRole('button', { name: 'Split off' }).click();
    const dialog = page.getByRole('dialog', { name: 'Part of it is another outage' });
    const go = dialog.getByRole('button', { name: 'Split off' });
    await dialog.getByLabel('Why?').fill('another cause');
    expect(await go.isDisabled()).toBe(true);
    await dialog.getByLabel('What is the other outage?').fill('exports of t3 are empty');
    await go.click();
    await page.getByRole('heading', { name: 'exports of t3 are empty' }).waitFor();
    await page.getByText(`Split off from #${number}. People lead it`).waitFor();
    await page.getByRole('button', { name: 'Merge' }).click();
    const merging = page.getByRole('dialog', { name: 'into another' });
    await merging.getByLabel('Why?').fill('it was the same');
    await merging.getByRole('button', { name: 'Merge' }).click();
    await page.getByText('Merged into this:').waitFor();
    const [second, first] = await served.stage.incidents.list();
    expect(second).toMatchObject({ status: 'resolved', mergedInto: { id: first?.id } });
    expect(first).toMatchObject({ status: 'open', merged: [{ id: second?.id }] });
    expect(complaints).toEqual([]);
  });

  it('closes only with a reason for what is open on the checklist, and then offers no decision; it can be opened again', async () => {
    const page = await openIncident();
    await page.getByRole('button', { name: 'Close the incident' }).click();
    const dialog = page.getByRole('dialog', { name: 'Close the incident?' });
    await dialog.getByText('Service restored').waitFor();
    await dialog.getByRole('textbox').fill('declared by mistake');
    await dialog.getByRole('button', { name: 'Close it' }).click();
    await page.getByRole('heading', { name: 'What was done' }).waitFor();
    expect(await page.getByRole('button', { name: /Approve|Acknowledge/ }).count()).toBe(0);
    const [incident] = await served.stage.incidents.list();
    expect(incident?.status).toBe('resolved');
    await page.getByRole('button', { name: 'Open again' }).click();
    const again = page.getByRole('dialog', { name: /again/ });
    await again.getByRole('textbox').fill('it is back');
    await again.getByRole('button', { name: 'Open again' }).click();
    await page.getByRole('button', { name: 'Snooze' }).click();
    const quiet = page.getByRole('dialog', { name: 'Call nobody for a while' });
    await quiet.getByRole('textbox').fill('the provider is at it');
    await quiet.getByRole('button', { name: 'Snooze' }).click();
    await page.getByText('Nobody is called until').waitFor();
    const [opened] = await served.stage.incidents.list();
    expect(opened).toMatchObject({ status: 'open', resolvedAt: null });
    expect(opened?.snoozedUntil).not.toBeNull();
  });

  it('ends by a word what nothing measures, and takes the word that the review was held', async () => {
    const page = await signIn();
    const { id: from } = await served.stage.nodeDies();
    const by = { kind: 'user', id: 'second', name: 'Secondary on-call' } as const;
    const part = { from, title: 'mails are late', severity: 'P1', reason: 'another queue' };
    const { id, checklist } = await served.stage.incidents.split(part, by);
    await page.goto(`${served.url}/incidents/${id}`);
    await page.getByRole('button', { name: 'The harm has ended' }).click();
    const ended = page.getByRole('dialog', { name: 'Has the harm ended?' });
    await ended.getByRole('textbox').fill('the queue is empty');
    await ended.getByRole('button', { name: 'It has ended' }).click();
    await page.getByText('Harm has ended', { exact: true }).waitFor();
    const waivers = Object.fromEntries(checklist.map(({ text }) => [text, 'a test']));
    await served.stage.incidents.apply(id, { kind: 'resolve', note: null, waivers }, by);
    await page.getByRole('button', { name: 'Review held' }).click();
    const held = page.getByRole('dialog', { name: 'Was the review held?' });
    await held.getByLabel('What came of it?').fill('a second queue');
    await held.getByLabel('Where its text is kept').fill('https://wiki.example.org/1');
    await held.getByRole('button', { name: 'It was held' }).click();
    await held.waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Review' }).click();
    await page.getByText('Held, says Primary on-call').waitFor();
    await page.getByRole('link', { name: 'https://wiki.example.org/1' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('reaches the paged person in the inbox', async () => {
    const page = await signIn();
    await served.stage.nodeDies();
    await page.getByRole('link', { name: /Inbox.*1.*not acknowledged/ }).click();
    await page.getByRole('button', { name: /Acknowledge/ }).click();
    await page.getByText(/Acknowledged at .* by Primary on-call/).waitFor();
    expect(await page.getByRole('link', { name: 'Inbox', exact: true }).count()).toBe(1);
  });
});

describe('what is shown', () => {
  it('is visibly stale while the responder is away, and live again after', async () => {
    const page = await signIn();
    await page.locator('.live[data-state="live"]').waitFor();
    await served.away();
    await page.getByText(/Reconnecting since \d\d:\d\d:\d\d/).waitFor();
    await served.back();
    await page.locator('.live[data-state="live"]').waitFor();
    expect(await page.getByText('Reconnecting since').count()).toBe(0);
  });

  it.each(['Response', 'Timeline', 'Evidence', 'Review'])('%s fits a phone', async (tab) => {
    const page = await openIncident(phone);
    await page.getByRole('tab', { name: tab }).click();
    await page.getByRole('tabpanel').waitFor();
    expect(await overflow(page)).toBe(0);
    expect(await axeProblems(page)).toEqual([]);
  });

  it.each([
    ['light', desk],
    ['dark', phone],
  ] as const)('%s passes axe on every page and dialog', async (_scheme, view) => {
    const page = await signIn('primary', view);
    expect(await axeProblems(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await served.stage.nodeDies();
    await page.getByRole('link', { name: /Inbox/ }).click();
    await page.getByRole('button', { name: /Acknowledge/ }).waitFor();
    expect(await axeProblems(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await page.getByRole('article').getByRole('link').click();
    await step(page, 'Cordon affected node').waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await step(page, 'Cordon affected node').getByRole('button', { name: 'Deny…' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Evidence' }).click();
    await page.getByRole('button', { name: /kubectl logs/ }).click();
    await page.getByText('zone-c').waitFor();
    expect(await axeProblems(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('gives fingers room on a phone', async () => {
    const page = await openIncident(phone);
    for (const name of [/^Acknowledge/, 'Approve…', 'Deny…']) {
      const box = await page.getByRole('button', { name }).first().boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(48);
    }
  });
});
