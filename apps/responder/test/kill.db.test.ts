import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';
import { createPlans, foldEvents } from '../src/incidents/index.ts';
import { testDatabase } from './database.ts';
import { startMailServer } from './mail-server.ts';
import { startPagingCore } from './paging-core.ts';
import { markdown, plan, runbookFile } from './runbook.ts';

const child = fileURLToPath(new URL('./kill-child.ts', import.meta.url));
const db = await testDatabase();
const mail = await startMailServer();
afterAll(() => mail.close());
await createPlans(db).storePlan(db, { plan, markdown, file: runbookFile });

/** As many statements as opening an incident and sending its page take; "after" one is "before" the next. */
const statementsCovered = 52;
const randomKills = 28;
const lanes = 2;

/** One life: dies around a statement of its own, or is killed at a random moment after it has begun to work. */
async function liveAndDie(service: string, killAt: string): Promise<void> {
  const one = spawn(process.execPath, [child, db.url, mail.url, plan.hash, service, killAt], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(one, 'exit');
  await Promise.race([once(one.stdout, 'data'), exited]);
  // Statement kills that never come are ended here, too.
  await Promise.race([exited, pause(killAt === '' ? Math.random() * 150 : 400)]);
  if (one.exitCode === null && one.signalCode === null) one.kill('SIGKILL');
  await exited;
}

test('killed -9 around every statement and at random moments: no page is lost, and a repeat is marked', async () => {
  const deaths = [
    ...Array.from({ length: statementsCovered }, (_, n) => `${n % 2 === 0 ? 'before' : 'after'}:${n + 1}`),
    ...Array.from({ length: randomKills }, () => ''),
  ];
  const queue = deaths.entries();
  const lane = async (): Promise<void> => {
    for (const [n, killAt] of queue) await liveAndDie(`service-${n}`, killAt);
  };
  await Promise.all(Array.from({ length: lanes }, lane));

  const last = await startPagingCore(db, mail.url);
  await vi.waitFor(async () => {
    const waiting = await db.query(`select id from messages where state <> 'sent'`);
    expect(waiting.rows).toEqual([]);
  }, 30_000);
  await last.stop();

  const incidents = await last.incidents.list({ limit: 1000 });
  expect(incidents.length).toBeGreaterThan(10);
  for (const incident of incidents) {
    expect(incident.pages.map((page) => page.state)).toEqual(['delivered']);
    expect(foldEvents(await last.incidents.events(incident.id))).toEqual(incident);
    const [first, ...repeats] = mail.received.filter((one) => one.id === `${incident.pages[0]?.id}-1`);
    expect(first, `the page of ${incident.id} was lost`).toBeDefined();
    expect(repeats.every((one) => one.mayBeRepeat)).toBe(true);
  }
  // Each death can leave at most one message between its sending and its commit in doubt.
  const repeated = mail.received.length - incidents.length;
  expect(repeated).toBeLessThanOrEqual(deaths.length);
  expect(
    repeated,
    'no death fell between a sending and its commit: looked in the wrong place',
  ).toBeGreaterThan(0);
  process.stdout.write(
    `${deaths.length} deaths, ${incidents.length} pages, ${repeated} marked repeats, 0 lost\n`,
  );
}, 180_000);
