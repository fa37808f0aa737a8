import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';
import { createPlans, foldEvents } from '../src/incidents/index.ts';
import { testDatabase } from './database.ts';
import { startMailServer } from './mail-server.ts';
import { outage } from './outage-facts.ts';
import { startPagingCore } from './paging-core.ts';
import { markdown, plan, runbookFile } from './runbook.ts';

const child = fileURLToPath(new URL('./update-kill-child.ts', import.meta.url));
const db = await testDatabase();
const mail = await startMailServer();
afterAll(() => mail.close());
await createPlans(db).storePlan(db, { plan, markdown, file: runbookFile });

/** Around the statements that post an update and send it; "after" one is "before" the next. */
const deaths = [4, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 22, 24].map(
  (n) => `${n % 2 === 0 ? 'before' : 'after'}:${n}`,
);
const lanes = 2;

async function liveAndDie(incident: string, killAt: string): Promise<void> {
  const one = spawn(process.execPath, [child, db.url, mail.url, incident, killAt], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(one, 'exit');
  await Promise.race([once(one.stdout, 'data'), exited]);
  await Promise.race([exited, pause(1500)]);
  if (one.exitCode === null && one.signalCode === null) one.kill('SIGKILL');
  await exited;
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
  const queue = deaths.values();
  const lane = async (): Promise<void> => {
    for (const killAt of queue) await liveAndDie(id, killAt);
  };
  await Promise.all(Array.from({ length: lanes }, lane));

  const last = await startPagingCore(db, mail.url);
  await vi.waitFor(async () => {
    const waiting = await db.query(`select id from update_deliveries where state <> 'sent'`);
    expect(waiting.rows).toEqual([]);
  }, 60_000);
  const told = await last.comms.updates.told(id);
  await last.stop();

  expect(told.length).toBeGreaterThan(5);
  const letters = mail.received.filter((one) => one.to === 'board@example.org');
  for (const update of told) {
    const got = letters.filter((one) => one.id === `${update.id}-1`);
    expect(got.length, `${update.id} was lost`).toBeGreaterThan(0);
    expect(got.filter((one) => !one.mayBeRepeat).length).toBeLessThanOrEqual(1);
  }
  // A death leaves at most one letter between its sending and its commit in doubt.
  expect(letters.length - told.length).toBeLessThanOrEqual(deaths.length);
  const incident = await last.incidents.get(id);
  expect(foldEvents(await last.incidents.events(id))).toEqual(incident);
  process.stdout.write(
    `${deaths.length} deaths, ${told.length} updates, ${letters.length - told.length} marked repeats, 0 lost\n`,
  );
}, 180_000);
