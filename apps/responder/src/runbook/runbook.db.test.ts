import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileRunbook, type Plan } from '@tocsin/runbook';
import { afterAll, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { thresholdsOf } from '../detection/thresholds.ts';
import { testDatabase } from '../../test/database.ts';
import { openTestRunbook } from '../../test/open-test-runbook.ts';
import { markdown } from '../../test/runbook.ts';
import { ConfigError } from '../config.ts';
import type { AdoptPolicy, Runbook } from './index.ts';

const db = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'tocsin-versions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const person = { kind: 'user', id: 'primary', name: 'Primary on-call' } as const;
const hashOf = (text: string): string => compileRunbook(text).hash;
const limit = (percent: number): string => edited('(>5%)', `(>${percent}%)`);
const broken = edited('## Phase 1', '## Phase 1: Broken (5-0 minutes)\n\n## Phase 1');
let file = '';
let serviceId = '';

beforeEach(() => {
  serviceId = `service-${Math.random()}`;
  file = join(folder, `${serviceId}.md`);
  write(markdown);
});

function edited(from: string, to: string): string {
  const text = markdown.replace(from, to);
  if (text === markdown) throw new Error(`the shipped runbook does not say ${from}`);
  return text;
}

/** As editors do it: a new file in the place of the old one. */
function write(text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

async function start(more: { policy?: AdoptPolicy; onPlan?: (plan: Plan) => void } = {}): Promise<Runbook> {
  const runbook = await openTestRunbook(db, { file, serviceId, ...more });
  onTestFinished(() => runbook.close());
  return runbook;
}

const errorRatio = (runbook: Runbook) => thresholdsOf(runbook.current().plan).errorRatio;

async function told(): Promise<string[]> {
  const { rows } = await db.query<{ event: string }>(
    `select action || ' ' || left(subject, 12) as event from audit where detail->>'serviceId' = $1 order by id`,
    [serviceId],
  );
  return rows.map((row) => row.event);
}

const event = (name: string, text: string): string => `runbook:${name} runbook/${hashOf(text).slice(0, 4)}`;

it('takes the first version, and an edit of prose at once', async () => {
  const runbook = await start();
  const prose = edited('What to do when', 'A guide for when');
  write(prose);
  await vi.waitFor(() => expect(runbook.current().plan.hash).toBe(hashOf(prose)), 10_000);
  expect(runbook.state().inUse).toMatchObject({ status: 'in-use', changes: [], takenBy: { kind: 'system' } });
  expect(await told()).toEqual([event('taken', markdown), event('taken', prose)]);
});

it('shows a change that weakens nothing, then takes it: the detector has changed', async () => {
  const plans: string[] = [];
  const runbook = await start({ onPlan: (plan) => plans.push(plan.hash) });
  expect(errorRatio(runbook)).toBe(0.05);
  write(limit(2));
  await vi.waitFor(() => expect(errorRatio(runbook)).toBe(0.02), 10_000);
  expect(plans).toEqual([hashOf(limit(2))]);
  expect(await told()).toEqual([
    event('taken', markdown),
    event('offered', limit(2)),
    event('taken', limit(2)),
  ]);
  expect(runbook.state().inUse.changes).toMatchObject([{ kind: 'threshold', weight: 'safer' }]);
});

it('waits for a yes when a change weakens the response, and takes it in the name of who said it', async () => {
  const runbook = await start();
  write(limit(60));
  await vi.waitFor(() => expect(runbook.state().standing?.status).toBe('offered'), 10_000);
  expect(errorRatio(runbook)).toBe(0.05);
  await runbook.adopt(hashOf(limit(60)), person);
  expect(errorRatio(runbook)).toBe(0.6);
  expect(runbook.state()).toMatchObject({
    standing: null,
    inUse: { takenBy: person, comparedWith: hashOf(markdown), changes: [{ weight: 'weaker' }] },
  });
  await expect(runbook.adopt(hashOf(limit(60)), person)).rejects.toThrow(/it is in use already/);
  await expect(runbook.adopt(hashOf(markdown), person)).rejects.toThrow(/the file does not hold it any more/);
  await expect(runbook.adopt('0'.repeat(64), person)).rejects.toThrow(/never had such a version/);
  const versions = await runbook.versions();
  expect(versions.map((one) => `${one.status} ${one.hash}`)).toEqual([
    `in-use ${hashOf(limit(60))}`,
    `superseded ${hashOf(markdown)}`,
  ]);
});

it('waits with every change of behaviour when a review is asked for', async () => {
  const runbook = await start({ policy: 'after-review' });
  write(limit(2));
  await vi.waitFor(() => expect(runbook.state().standing?.status).toBe('offered'), 10_000);
  expect(errorRatio(runbook)).toBe(0.05);
  // Started again without that policy, the same text is taken.
  const automatic = await start();
  expect(errorRatio(automatic)).toBe(0.02);
  await vi.waitFor(() => expect(errorRatio(runbook)).toBe(0.02), 10_000);
});

it('refuses errors with their places and keeps the old, until the text is mended or goes back', async () => {
  const runbook = await start();
  write(broken);
  await vi.waitFor(() => expect(runbook.state().standing?.status).toBe('refused'), 10_000);
  expect(runbook.current().plan.hash).toBe(hashOf(markdown));
  const line = broken.split('\n').findIndex((text) => text.includes('(5-0 minutes)')) + 1;
  expect(runbook.state().standing?.document.plan.problems).toContainEqual(
    expect.objectContaining({ level: 'error', code: 'RB004', line }),
  );
  await expect(runbook.adopt(hashOf(broken), person)).rejects.toThrow(/it has errors and was refused/);
  write(markdown);
  await vi.waitFor(() => expect(runbook.state().standing).toBeNull(), 10_000);
  write(broken);
  await vi.waitFor(() => expect(runbook.state().standing?.status).toBe('refused'), 10_000);
  write(limit(2));
  await vi.waitFor(() => expect(errorRatio(runbook)).toBe(0.02), 10_000);
  expect(runbook.state().standing).toBeNull();
});

it('starts on the version in use when the file has errors or is gone, and says so', async () => {
  await (await start()).close();
  write(broken);
  const runbook = await start();
  expect(runbook.current().plan.hash).toBe(hashOf(markdown));
  expect(runbook.state().standing?.status).toBe('refused');
  await runbook.close();
  rmSync(file);
  const without = await start();
  expect(without.state().unreadable).toContain(`${file}: cannot be read (ENOENT)`);
  expect(without.current().plan.hash).toBe(hashOf(markdown));
  write(markdown);
  await vi.waitFor(() => expect(without.state()).toMatchObject({ unreadable: null, standing: null }), 10_000);
});

it('does not start on errors when there is no version to go on with', async () => {
  write(broken);
  const line = broken.split('\n').findIndex((text) => text.includes('(5-0 minutes)')) + 1;
  const refusal = start();
  await expect(refusal).rejects.toThrow(ConfigError);
  await expect(refusal).rejects.toThrow(new RegExp(`^${file}:${line}:\\d+: RB004: `));
  rmSync(file);
  await expect(start()).rejects.toThrow(/cannot be read \(ENOENT\); expected a Markdown runbook/);
  expect(await told()).toEqual([]);
});

it('two responders offer once, adopt once and follow the same row', async () => {
  const [one, other] = [await start(), await start()];
  write(limit(60));
  await vi.waitFor(() => {
    for (const runbook of [one, other]) expect(runbook.state().standing?.hash).toBe(hashOf(limit(60)));
  }, 10_000);
  const answers = await Promise.allSettled([
    one.adopt(hashOf(limit(60)), person),
    other.adopt(hashOf(limit(60)), { ...person, id: 'secondary' }),
  ]);
  expect(answers.map((answer) => answer.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  await vi.waitFor(() => {
    for (const runbook of [one, other]) expect(errorRatio(runbook)).toBe(0.6);
  }, 10_000);
  expect(await told()).toEqual([
    event('taken', markdown),
    event('offered', limit(60)),
    event('taken', limit(60)),
  ]);
});

it('takes a safe edit once, whichever of two responders sees it first', async () => {
  const both = [await start(), await start()];
  write(limit(2));
  await vi.waitFor(() => {
    for (const runbook of both) expect(errorRatio(runbook)).toBe(0.02);
  }, 10_000);
  expect((await told()).filter((one) => one === event('taken', limit(2)))).toHaveLength(1);
});

it('knows another service on the same database as another runbook', async () => {
  const runbook = await start();
  const elsewhere = await openTestRunbook(db, { file: join(folder, 'other.md'), serviceId: 'x' }).catch(
    String,
  );
  expect(elsewhere).toContain('other.md: cannot be read');
  expect(runbook.current().plan.hash).toBe(hashOf(markdown));
});
