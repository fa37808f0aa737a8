import { describe, expect, it } from 'vitest';
import { newId } from '#platform';
import { testDatabase } from '../../test/database.ts';
import { all, alertsOn, factNames, minuteMs, names, say } from './fixtures/alerts-on.ts';
import { type Alerts, parseMatcher } from './index.ts';

const db = await testDatabase();
const start = alertsOn(db);

describe('what is stored', () => {
  it('is there after a crash, and an end that a sender promised since is there in time', async () => {
    const serviceId = newId('service');
    const before = await start({}, { serviceId });
    await say(before, 'Fires', { endsAt: Date.now() + 8000 });
    await say(before, 'Fires', { endsAt: Date.now() + 9500 });
    // Nobody stops `before`: it is as if it had died.
    const after = await start({}, { serviceId });
    expect(await names(after)).toEqual(['Fires']);
    await expect
      .poll(async () => (await all(after)).map(({ row }) => row.endsAt - Date.now() > 0))
      .toEqual([true]);
  });

  it('is known to every responder, also when another one ends it', async () => {
    const serviceId = newId('service');
    const [one, other] = [await start({}, { serviceId }), await start({}, { serviceId })];
    await say(one, 'Fires');
    await expect.poll(() => other.activeCount()).toBe(1);
    await expect.poll(() => factNames(other)).toEqual(['Fires']);
    await say(other, 'Fires', { startsAt: 1000, endsAt: Date.now() - 1 });
    await expect.poll(() => one.activeCount()).toBe(0);
    await expect.poll(() => factNames(one)).toEqual([]);
    // What the first one remembered does not hide that it fires again.
    await say(one, 'Fires');
    await expect.poll(() => factNames(other)).toEqual(['Fires']);
  });

  it('ends when nobody refreshes it', async () => {
    const alerts = await start();
    await say(alerts, 'Short', { endsAt: Date.now() + 1500 });
    await expect.poll(() => factNames(alerts)).toEqual(['Short']);
    await expect.poll(() => factNames(alerts)).toEqual([]);
    await expect.poll(() => alerts.activeCount()).toBe(0);
    const { rows } = await db.query(`select active from alerts where name = 'Short'`);
    expect(rows).toEqual([{ active: false }]);
  });

  it('follows what the sender says of a known alert', async () => {
    const alerts = await start();
    const startsAt = Date.now() - minuteMs;
    await say(alerts, 'Fires', { startsAt, summary: 'at 6 %' });
    await say(alerts, 'Fires', { startsAt: startsAt + 1, summary: 'at 9 %' });
    await expect.poll(() => alerts.facts.alerts()).toMatchObject([{ summary: 'at 9 %', startsAt }]);
  });

  it('takes many senders at once, each alert once', async () => {
    const alerts = await start();
    const words = Array.from({ length: 300 }, (_, n) => say(alerts, `A${n % 100}`, { summary: String(n) }));
    await Promise.all(words);
    expect(alerts.activeCount()).toBe(100);
    expect(await names(alerts)).toHaveLength(100);
  });
});

async function comeAndGo(alerts: Alerts, times: number): Promise<void> {
  const from = Date.now() - 1000;
  for (let n = 0; n < times; n += 1) {
    await say(alerts, 'Flaps', { startsAt: from + n });
    await say(alerts, 'Flaps', { startsAt: from + n, endsAt: Date.now() - 1 });
  }
}

describe('an alert that comes and goes', () => {
  const flapping = { times: 3, windowMs: 10 * minuteMs, holdMs: 3000 };

  it('stays one active alert from the n-th return on, until it has been quiet', async () => {
    const alerts = await start({ flapping });
    await comeAndGo(alerts, 3);
    expect(await all(alerts)).toEqual([]);
    await comeAndGo(alerts, 1);
    expect(await all(alerts)).toMatchObject([{ flapping: true, row: { name: 'Flaps' } }]);
    await expect.poll(() => factNames(alerts)).toEqual(['Flaps']);
    await expect.poll(() => factNames(alerts)).toEqual([]);
    expect(await all(alerts)).toEqual([]);
  });

  it('is no flapping when the same start is heard of again after a silence', async () => {
    const alerts = await start({ flapping });
    const startsAt = Date.now() - minuteMs;
    for (let n = 0; n < 6; n += 1) {
      await say(alerts, 'Late', { startsAt });
      await say(alerts, 'Late', { startsAt, endsAt: Date.now() - 1 });
    }
    expect(await all(alerts)).toEqual([]);
  });
});

const day = (offsetMs: number) => new Date(Date.now() + offsetMs).toISOString();

describe('what is kept quiet', () => {
  it('says by which window, and keeps it on record', async () => {
    const alerts = await start({
      maintenance: [
        { name: 'disks', startsAt: day(-minuteMs), endsAt: day(minuteMs), matchers: ['node="n1"'] },
        { name: 'later', startsAt: day(minuteMs), endsAt: day(2 * minuteMs) },
      ],
    });
    await say(alerts, 'DiskFull', { labels: { node: 'n1' } });
    await say(alerts, 'DiskFull', { labels: { node: 'n2' } });
    await expect.poll(() => alerts.facts.alerts()).toMatchObject([{ labels: { node: 'n2' } }]);
    await expect
      .poll(() => alerts.suppressions(5))
      .toMatchObject([{ kind: 'maintenance', by: 'disks', text: 'DiskFull' }]);
    expect(alerts.maintenance()).toMatchObject([
      { name: 'disks', active: true, wholeService: false },
      { name: 'later', active: false, wholeService: true },
    ]);
  });

  it('starts nothing when it is not about this service', async () => {
    const alerts = await start({ concerns: ['namespace="platform"'] });
    await say(alerts, 'Ours', { labels: { namespace: 'platform' } });
    await say(alerts, 'Theirs', { labels: { namespace: 'other' } });
    await expect.poll(() => factNames(alerts)).toEqual(['Ours']);
    expect(await names(alerts)).toEqual(['Ours', 'Theirs']);
  });

  it('ends with its silence', async () => {
    const alerts = await start();
    const draft = { startsAt: Date.now(), endsAt: Date.now() + minuteMs, createdBy: 'ann', comment: 'known' };
    await say(alerts, 'Known');
    const id = await alerts.setSilence({ ...draft, matchers: [parseMatcher('alertname="Known"', 'x')] });
    await expect.poll(() => factNames(alerts)).toEqual([]);
    await alerts.expireSilence(id);
    await expect.poll(() => factNames(alerts)).toEqual(['Known']);
  });
});

it('carries flags and severities as the configuration maps them', async () => {
  const alerts = await start({
    severities: { page: 'P0' },
    flags: [{ flag: 'integrity', matchers: ['check="ledger"'] }],
  });
  await say(alerts, 'Mapped', { labels: { severity: 'page' } });
  await say(alerts, 'ById', { labels: { severity: 'p2' } });
  await say(alerts, 'Unknown', { labels: { severity: 'loud' } });
  await say(alerts, 'Ledger', { labels: { check: 'ledger' } });
  await say(alerts, 'Breach', { labels: { tocsin_flag: 'security' } });
  await expect.poll(() => alerts.facts.alerts().length).toBe(5);
  const facts = alerts.facts.alerts().map(({ name, severity, flag }) => [name, severity, flag]);
  expect(Object.fromEntries(facts.map(([name, ...rest]) => [name, rest]))).toEqual({
    Mapped: ['P0', null],
    ById: ['P2', null],
    Unknown: [null, null],
    Ledger: [null, 'integrity'],
    Breach: [null, 'security'],
  });
  expect(facts.slice(0, 2).map(([name]) => name)).toEqual(expect.arrayContaining(['Ledger', 'Breach']));
});

it('makes an alert of a heartbeat that does not come, unless people have silenced it', async () => {
  let ahead = 0;
  const heartbeats = [{ name: 'nightly', intervalMs: 60_000, graceMs: 5000, severity: 'P2' }];
  const alerts = await start({ heartbeats }, { now: () => Date.now() + ahead });
  await alerts.beat('nightly');
  await expect.poll(() => alerts.heartbeats()[0]?.lastAt).toEqual(expect.any(Number));
  expect(alerts.facts.alerts()).toEqual([]);
  ahead = 64_000;
  expect(alerts.facts.alerts()).toEqual([]);
  ahead = 66_000;
  expect(alerts.facts.alerts()).toMatchObject([
    { source: 'heartbeat', severity: 'P2', labels: { heartbeat: 'nightly' } },
  ]);
  const matchers = [parseMatcher('heartbeat="nightly"', 'x')];
  const times = { startsAt: Date.now(), endsAt: Date.now() + 2 * minuteMs };
  await alerts.setSilence({ ...times, createdBy: 'ann', comment: 'it moves', matchers });
  await expect.poll(() => alerts.facts.alerts()).toEqual([]);
  expect(alerts.heartbeats()).toMatchObject([{ missing: true }]);
  await expect
    .poll(() => alerts.suppressions(5))
    .toMatchObject([{ kind: 'silence', text: 'heartbeat nightly is missing' }]);
  await expect(alerts.beat('unknown')).rejects.toThrow(/not configured; expected one of nightly/);
});

describe('reports of people', () => {
  const report = {
    kind: 'customer-report',
    tenant: 't1',
    text: 'cannot log in',
    flag: null,
    noticedAt: null,
  } as const;
  const ann = { kind: 'user', id: 'ann', name: 'Ann' };

  it('are one with a count while it is the same thing, with the first text', async () => {
    const alerts = await start();
    await alerts.report(report, ann);
    await alerts.report({ ...report, text: 'still not' }, ann);
    await alerts.report({ ...report, tenant: 't2' }, ann);
    await alerts.report({ ...report, flag: 'security' }, ann);
    await expect.poll(() => alerts.facts.reports().length).toBe(3);
    const [merged] = alerts.facts.reports().filter((one) => one.count === 2);
    expect(merged).toMatchObject({ tenant: 't1', text: 'cannot log in', kind: 'customer-report' });
    const { rows } = await db.query(
      'select text, actor from report_entries where report_id = $1 order by id',
      [merged?.id],
    );
    expect(rows).toEqual([
      { text: 'cannot log in', actor: ann },
      { text: 'still not', actor: ann },
    ]);
  });

  it('are closed once, by a person or with the incident, and a later one is another', async () => {
    const alerts = await start();
    const { id } = await alerts.report(report, ann);
    await alerts.closeReport(id, { reporter: ann, because: 'wrong password' });
    await expect(alerts.closeReport(id, { reporter: ann, because: 'again' })).rejects.toThrow(
      /closed already/,
    );
    await expect.poll(() => alerts.facts.reports()).toEqual([]);
    const second = await alerts.report(report, ann);
    expect(second).toMatchObject({ count: 1 });
    expect(second.id).not.toBe(id);
    await alerts.closeReports(Date.now() - minuteMs, 'incident #1 was closed');
    expect((await alerts.reports(5)).map((one) => one.closedAt === null)).toEqual([true, false]);
    await alerts.closeReports(Date.now(), 'incident #2 was closed');
    expect((await alerts.reports(5))[0]).toMatchObject({ closedBecause: 'incident #2 was closed' });
  });

  it('are refused when they come from the future', async () => {
    const alerts = await start();
    const tomorrow = Date.now() + 86_400_000;
    await expect(alerts.report({ ...report, noticedAt: tomorrow }, ann)).rejects.toThrow(/has passed/);
  });
});
