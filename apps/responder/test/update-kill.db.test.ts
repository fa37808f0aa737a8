import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';
import { createPlans, foldEvents } from '../src/incidents/index.ts';
import { testDatabase } from './database.ts';
import { type ReceivedMail, startMailServer } from './mail-server.ts';
import { outage } from './outage-facts.ts';
import { startPagingCore } from './paging-core.ts';
import { markdown, plan, runbookFile } from './runbook.ts';

const child = fileURLToPath(new URL('./update-kill-child.ts', import.meta.url));
const db = await testDatabase();
const mail = await startMailServer();
afterAll(() => mail.close());
await createPlans(db).storePlan(db, { plan, markdown, file: runbookFile });

/** Around the statements that post an update and send it; "after" one is "before" the next. */
const deaths = ['after:4', 'after:8', 'before:12', 'after:18', 'before:24'];
/** Deaths when the mail server has the letter and has not said so. */
const doubts = 3;

function live(incident: string, killAt: string): ChildProcess {
  return spawn(process.execPath, [child, db.url, mail.url, incident, killAt], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function dieAtStatement(incident: string, killAt: string): Promise<void> {
  const one = live(incident, killAt);
  const exited = once(one, 'exit');
  await Promise.race([once(one.stdout ?? one, 'data'), exited]);
  await Promise.race([exited, pause(1500)]);
  if (one.exitCode === null && one.signalCode === null) one.kill('SIGKILL');
  await exited;
}

function letters(): readonly ReceivedMail[] {
  return mail.received.filter((one) => one.to === 'board@example.org');
}

/** Dies between the send and its commit. */
async function dieInDoubt(incident: string, nth: number): Promise<void> {
  mail.behaviour.silent = true;
  const before = letters().length;
  const one = live(incident, `never:${nth}`);
  const exited = once(one, 'exit');
  await vi.waitFor(() => expect(letters().length).toBeGreaterThan(before), {
    timeout: 60_000,
    interval: 5,
  });
  one.kill('SIGKILL');
  await exited;
  mail.behaviour.silent = false;
}

test('killed -9 around the statements of an update: each target has each update, once, and a repeat is marked', async () => {
  const first = await startPagingCore(db, mail.url);
  const opened = await first.incidents.assess({
    service: { id: 'kill' },
    assessment: outage(Date.now()),
    diagnoses: [],
    drill: null,
    plan,
  });
  await first.stop();
  const { id = '' } = opened ?? {};
  for (let nth = 1; nth <= doubts; nth += 1) await dieInDoubt(id, nth);
  await Promise.all(deaths.map((killAt) => dieAtStatement(id, killAt)));

  const last = await startPagingCore(db, mail.url);
  await vi.waitFor(async () => {
    const waiting = await db.query(`select id from update_deliveries where state <> 'sent'`);
    expect(waiting.rows).toEqual([]);
  }, 60_000);
  const told = await last.comms.updates.told(id);
  await last.stop();

  expect(told.length).toBeGreaterThanOrEqual(doubts);
  for (const update of told) {
    const got = letters().filter((one) => one.id === `${update.id}-1`);
    expect(got.length, `${update.id} was lost`).toBeGreaterThan(0);
    expect(got.slice(1).every((one) => one.mayBeRepeat)).toBe(true);
  }
  // Each death leaves at most one letter between its sending and its commit in doubt.
  const repeats = letters().length - told.length;
  expect(repeats).toBeGreaterThanOrEqual(doubts);
  expect(repeats).toBeLessThanOrEqual(doubts + deaths.length);
  const incident = await last.incidents.get(id);
  expect(foldEvents(await last.incidents.events(id))).toEqual(incident);
}, 180_000);
