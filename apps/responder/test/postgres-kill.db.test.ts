import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test, vi } from 'vitest';
import { createPlans, foldEvents, type Incident } from '../src/incidents/index.ts';
import { createDatabase, createLogger, migrate, startOwnDatabase } from '../src/platform/index.ts';
import { startMailServer } from './mail-server.ts';
import { outage } from './outage-facts.ts';
import { startPagingCore } from './paging-core.ts';
import { markdown, plan, runbookFile } from './runbook.ts';

const log = createLogger({ level: 'silent' });
const home = mkdtempSync(join(tmpdir(), 'tocsin-postgres-kill-'));
// As root the server runs as somebody else, who has to reach the folder.
chmodSync(home, 0o755);
const dataDir = join(home, 'data');
const mail = await startMailServer();
const first = await startOwnDatabase({ dataDir, log });
const port = Number(new URL(first.url).port);
const db = createDatabase(first.url, { connections: 6, log });
afterAll(async () => {
  await db.close();
  await mail.close();
  // Adopts the one that runs.
  await (await startOwnDatabase({ dataDir, log })).stop();
  rmSync(home, { recursive: true, force: true });
});

const services = 24;
const starts: Promise<{ readonly pid: number; readonly adopted: boolean }>[] = [Promise.resolve(first)];

/** Kills the server's every process at once, and starts it again. */
function crash(pid: number): void {
  const processes = [pid, ...childrenOf(pid)];
  for (const one of processes) process.kill(one, 'SIGKILL');
  starts.push(startOwnDatabase({ dataDir, log, port }));
}

function childrenOf(parent: number): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => parentOf(pid) === parent);
}

function parentOf(pid: number): number {
  try {
    return Number(/\) \S+ (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
  } catch {
    // Gone meanwhile.
    return 0;
  }
}

/** As detection does: told again until it is stored. */
async function tell(core: Awaited<ReturnType<typeof startPagingCore>>, service: string): Promise<Incident> {
  for (;;) {
    const assessment = outage(Date.now());
    const request = { service: { id: service }, assessment, diagnoses: [], drill: null, plan };
    const opened = await core.incidents.assess(request).catch(() => null);
    if (opened !== null) return opened;
    await pause(50);
  }
}

/** Who is being sent to when the server dies: twice, once after the text was taken, once before it was. */
const caught: { taken?: string } = {};
function crashOnTheWay(): void {
  let addressed = 0;
  mail.behaviour.onTaken = () => {
    if (mail.received.length !== 6) return;
    caught.taken = mail.received.at(-1)?.id ?? '';
    crash(first.pid);
  };
  mail.behaviour.onAddressed = () => {
    if (starts.length < 2) return;
    addressed += 1;
    if (addressed === 8) void starts[1]?.then(({ pid }) => crash(pid));
  };
}

test('PostgreSQL is killed -9 with all its processes, twice, while pages go out: every incident is paged, what was in doubt comes again and is marked', async () => {
  await migrate(db);
  await createPlans(db).storePlan(db, { plan, markdown, file: runbookFile });
  const core = await startPagingCore(db, mail.url);
  crashOnTheWay();
  const telling: Promise<Incident>[] = [];
  for (let n = 0; n < services; n += 1) {
    telling.push(tell(core, `service-${n}`));
    await pause(20);
  }
  const opened = await Promise.all(telling);
  await vi.waitFor(
    async () => {
      const { rows } = await db.query(`select id from messages where state <> 'sent'`);
      expect(rows).toEqual([]);
      expect(starts).toHaveLength(3);
    },
    { timeout: 90_000, interval: 100 },
  );
  await core.stop();

  expect((await Promise.all(starts)).every((one) => !one.adopted)).toBe(true);
  expect(new Set(opened.map((one) => one.id)).size).toBe(services);
  for (const { id } of opened) {
    const incident = await core.incidents.get(id);
    expect(incident?.pages.map((page) => page.state)).toEqual(['delivered']);
    expect(foldEvents(await core.incidents.events(id))).toEqual(incident);
    const [copy, ...repeats] = mail.received.filter((one) => one.id === `${incident?.pages[0]?.id}-1`);
    expect(copy, `the page of ${id} was lost`).toBeDefined();
    expect(repeats.every((one) => one.mayBeRepeat)).toBe(true);
  }
  // Once more when the second death has met it, too.
  const [taken, again, ...more] = mail.received.filter((one) => one.id === caught.taken);
  expect([taken?.mayBeRepeat, again?.mayBeRepeat]).toEqual([false, true]);
  expect(more.length).toBeLessThan(2);
  process.stdout.write(
    `PostgreSQL killed twice, ${services} pages, ${mail.received.length - services} marked repeats, 0 lost\n`,
  );
}, 180_000);
