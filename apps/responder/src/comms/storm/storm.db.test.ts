import { afterAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { startMailServer } from '../../../test/mail-server.ts';
import { outage } from '../../../test/outage-facts.ts';
import { startPagingCore } from '../../../test/paging-core.ts';
import { personCalled } from '../../../test/people.ts';
import { markdown, plan, runbookFile } from '../../../test/runbook.ts';
import { createPlans } from '#incidents';

const db = await testDatabase();
await createPlans(db).storePlan(db, { plan, markdown, file: runbookFile });
const mail = await startMailServer();
afterAll(() => mail.close());
beforeEach(async () => {
  mail.received.length = 0;
  await db.query('truncate incidents, messages, inbox, message_pace, timers cascade');
});

type Core = Awaited<ReturnType<typeof startPagingCore>>;

async function startCore(): Promise<Core> {
  const core = await startPagingCore(db, mail.url, { summarises: true });
  onTestFinished(() => core.stop());
  return core;
}

/** Opens incidents while nothing is sent, then lets all pages go at once. */
async function openMany(core: Core, count: number): Promise<void> {
  await core.comms.stop();
  const numbers = Array.from({ length: count }).entries();
  const lane = async (): Promise<void> => {
    for (const [n] of numbers)
      await core.incidents.assess({
        service: { id: `service-${n}` },
        assessment: outage(Date.now()),
        diagnoses: [],
        drill: null,
        plan,
      });
  };
  await Promise.all([lane(), lane(), lane()]);
  await core.comms.start();
}

/** Every page's row by mail: its state, and whether its outcome names a summary. */
async function outcomes() {
  const { rows } = await db.query<{ state: string; summarised: boolean; n: number }>(
    `select state, coalesce(receipt like 'in summary summary-%', false) as summarised, count(*)::int as n
     from messages where kind = 'page' and channel = 'email' group by 1, 2 order by 2`,
  );
  return rows.map((one) => [one.state, one.summarised, one.n]);
}

const patience = { timeout: 200_000, interval: 100 };
const limitMs = 240_000;

test(
  '200 incidents at once: one page at once, all others in one summary, every page has its outcome, and one answer takes them',
  async () => {
    const core = await startCore();
    await openMany(core, 200);
    await vi.waitFor(
      async () =>
        expect(await outcomes()).toEqual([
          ['sent', false, 1],
          ['sent', true, 199],
        ]),
      patience,
    );
    await core.stop();
    const { rowCount: summaries } = await db.query(
      `select 1 from messages where kind = 'summary' and channel = 'email'`,
    );
    expect(summaries).toBe(1);
    expect(new Set(mail.received.map((one) => one.id)).size).toBe(2);
    const summary = mail.received.find((one) => one.raw.includes('199 pages at once'))?.raw ?? '';
    expect(summary.match(/\/acknowledge\/inc_/g)).toHaveLength(20);
    expect(summary.match(/\/acknowledge-all\/summary-/g)).toHaveLength(1);
    const incidents = await core.incidents.list({ limit: 1000 });
    expect(incidents).toHaveLength(200);
    expect(incidents.every((one) => one.pages[0]?.state === 'delivered')).toBe(true);
    expect(incidents.every((one) => one.pages[0]?.channels[0]?.state === 'delivered')).toBe(true);
    const summaryId = mail.received.find((one) => one.id.startsWith('summary-'))?.id ?? '';
    const answer = { person: personCalled('primary'), via: 'by phone' };
    const { text } = await core.comms.acknowledgeSummary(summaryId, answer);
    expect(text).toContain('and 194 more are acknowledged by primary.');
    const after = await core.incidents.list({ limit: 1000 });
    expect(after.filter((one) => one.acknowledgedAt === null)).toHaveLength(1);
  },
  limitMs,
);

test(
  'a summary that cannot be told from a success after a crash goes out again, marked; no page is lost',
  async () => {
    const core = await startCore();
    await openMany(core, 1);
    await vi.waitFor(() => expect(mail.received).toHaveLength(1), patience);
    mail.behaviour.silent = true;
    await openMany(core, 5);
    await vi.waitFor(
      () => expect(mail.received.some((one) => one.raw.includes('pages at once'))).toBe(true),
      patience,
    );
    delete mail.behaviour.silent;
    await vi.waitFor(
      async () =>
        expect(await outcomes()).toEqual([
          ['sent', false, 1],
          ['sent', true, 4],
        ]),
      patience,
    );
    await core.stop();
    const summaries = mail.received.filter((one) => one.raw.includes('pages at once'));
    expect(summaries.map((one) => one.mayBeRepeat)).toEqual([false, true]);
    expect(new Set(summaries.map((one) => one.id)).size).toBe(1);
  },
  limitMs,
);

test(
  'a summary that is refused for good lets its pages go out on their own',
  async () => {
    const core = await startCore();
    await openMany(core, 1);
    await vi.waitFor(() => expect(mail.received).toHaveLength(1), patience);
    mail.behaviour.refuse = 550;
    await db.query(`update message_pace set sent_at = clock_timestamp()`);
    await openMany(core, 4);
    await vi.waitFor(async () => {
      const { rows } = await db.query<{ state: string }>(
        `select distinct state from messages where channel = 'email' and person = 'primary' and receipt is null`,
      );
      expect(rows).toEqual([{ state: 'failed' }]);
    }, patience);
    delete mail.behaviour.refuse;
    await core.stop();
  },
  limitMs,
);
