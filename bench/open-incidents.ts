import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  createDatabase,
  createLogger,
  type Database,
  startOwnDatabase,
} from '../apps/responder/src/platform/index.ts';
import type { ManyServicesArguments } from '../apps/responder/test/many-services-child.ts';
import { startMailProcess } from './mail-process.ts';
import { alertsThatPage, drained, type Paging, post, sleepUntil } from './paging-alerts.ts';
import { residentBytes } from './process-usage.ts';
import { spread } from './spread.ts';
import { withStateDir } from './stack-process.ts';

const child = join(import.meta.dirname, '../apps/responder/test/many-services-child.ts');
const incidents = Number(process.env['BENCH_INCIDENTS'] ?? 10_000);
const windowSeconds = Number(process.env['BENCH_WINDOW_SECONDS'] ?? 300);
const acknowledgesPerSecond = Number(process.env['BENCH_ACKNOWLEDGES_PER_SECOND'] ?? 10);
const alertsPerSecond = Number(process.env['BENCH_ALERTS_PER_SECOND'] ?? 200);
const alertSeconds = Number(process.env['BENCH_ALERT_SECONDS'] ?? 30);
/** Their first pages are out when the window begins: these incidents were opened long ago. */
const leadMs = 3000 + incidents * 5;

interface Ready {
  readonly url: string;
  readonly apiToken: string;
  readonly windowStart: number;
}

interface Bench extends Ready, Paging {}

/**
 * One responder (without detection, which watches one service) with many open incidents of as many services, on a real PostgreSQL with
 * fsync on and a real SMTP server: every second level and every unanswered first page moves on within the window, while some are
 * acknowledged over HTTP; after it, alerts that each open an incident and page. Nobody is paged twice in short order: storms are another matter.
 */
export function openIncidents(): Promise<object> {
  return withStateDir(async (folder) => {
    const database = await startOwnDatabase({
      dataDir: join(folder, 'database'),
      log: createLogger({ level: 'silent' }),
    });
    const mail = await startMailProcess();
    const db = createDatabase(database.url, { connections: 2 });
    const alertToken = randomBytes(16).toString('hex');
    const tokenFile = join(folder, 'token');
    writeFileSync(tokenFile, alertToken, { mode: 0o600 });
    const given: ManyServicesArguments = {
      databaseUrl: database.url,
      smtpUrl: mail.url,
      tokenFile,
      openLongAgo: { count: incidents, windowMs: windowSeconds * 1000, leadMs },
    };
    const responder = spawn(process.execPath, [child, JSON.stringify(given)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const ready = JSON.parse(await firstLine(responder)) as Ready;
      return await measure({ ...ready, db, alertToken, mail }, responder.pid ?? 0);
    } finally {
      responder.kill('SIGKILL');
      await db.close();
      await mail.close();
      await database.stop();
    }
  });
}

async function measure(bench: Bench, pid: number): Promise<object> {
  const memory = watchMemory(pid);
  await sleepUntil(bench.windowStart);
  const acknowledgeMs = await acknowledgeFor(bench);
  await drained(bench.db);
  const timers = await lateness(bench);
  const pages = await alertsThatPage(bench, {
    service: 'alert',
    perSecond: alertsPerSecond,
    seconds: alertSeconds,
  });
  return {
    incidents,
    windowSeconds,
    timersInWindow: timers.length,
    escalationLatenessMs: spread(timers),
    acknowledgesPerSecond,
    acknowledgeMs: spread(acknowledgeMs),
    ...pages,
    residentMb: memory.stop(),
    openAtTheEnd: await countOpen(bench.db),
  };
}

/** One after the other at a steady pace, whatever the answers take. */
async function acknowledgeFor({ db, url, apiToken, windowStart }: Bench): Promise<number[]> {
  const { rows } = await db.query<{ id: string }>('select id from incidents order by random() limit $1', [
    windowSeconds * acknowledgesPerSecond,
  ]);
  const tookMs: number[] = [];
  const answers: Promise<void>[] = [];
  for (const [n, { id }] of rows.entries()) {
    await sleepUntil(windowStart + (n / acknowledgesPerSecond) * 1000);
    const since = performance.now();
    answers.push(
      post(`${url}/api/incidents/${id}/acknowledge`, apiToken, {}).then(
        () => void tookMs.push(performance.now() - since),
      ),
    );
  }
  await Promise.all(answers);
  await sleepUntil(windowStart + windowSeconds * 1000);
  return tookMs;
}

/** Of every level and every unanswered page that was due within the window, how much later it moved on, milliseconds. */
async function lateness({ db, windowStart }: Bench): Promise<number[]> {
  const { rows } = await db.query<{ ms: number }>(
    `select extract(epoch from done_at - due_at)::float8 * 1000 as ms from timers
     where kind in ('escalation', 'acknowledgment') and done_at is not null and due_at between $1 and $2`,
    [new Date(windowStart), new Date(windowStart + windowSeconds * 1000)],
  );
  return rows.map((one) => one.ms);
}

function watchMemory(pid: number): { stop(): number } {
  let most = 0;
  const timer = setInterval(() => (most = Math.max(most, residentBytes(pid))), 500);
  return {
    stop: () => {
      clearInterval(timer);
      return Math.round(most / 1e6);
    },
  };
}

async function countOpen(db: Database): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n from incidents where status <> 'resolved'`,
  );
  return rows[0]?.n ?? 0;
}

function firstLine(from: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (from.stdout !== null) createInterface({ input: from.stdout }).once('line', resolve);
    from.once('exit', (code) => reject(new Error(`the responder ended with ${code} before it was ready`)));
  });
}
