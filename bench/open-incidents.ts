import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  createDatabase,
  createLogger,
  type Database,
  startOwnDatabase,
} from '../apps/responder/src/platform/index.ts';
import type { ManyServicesArguments } from '../apps/responder/test/many-services-child.ts';
import { startMailServer } from '../apps/responder/test/mail-server.ts';
import { residentBytes } from './process-usage.ts';
import { withStateDir } from './stack-process.ts';

const child = join(import.meta.dirname, '../apps/responder/test/many-services-child.ts');
const incidents = Number(process.env['BENCH_INCIDENTS'] ?? 10_000);
const windowSeconds = Number(process.env['BENCH_WINDOW_SECONDS'] ?? 300);
const acknowledgesPerSecond = Number(process.env['BENCH_ACKNOWLEDGES_PER_SECOND'] ?? 10);
const alertsPerSecond = Number(process.env['BENCH_ALERTS_PER_SECOND'] ?? 200);
const alertSeconds = Number(process.env['BENCH_ALERT_SECONDS'] ?? 30);
const leadMs = 3000;

interface Ready {
  readonly url: string;
  readonly apiToken: string;
  readonly windowStart: number;
}

interface Bench extends Ready {
  readonly db: Database;
  readonly alertToken: string;
  readonly mail: Awaited<ReturnType<typeof startMailServer>>;
}

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
    const mail = await startMailServer();
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
  const pages = await alertsThatPage(bench);
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

async function sleepUntil(at: number): Promise<void> {
  await sleep(Math.max(1, at - Date.now()));
}

async function post(url: string, token: string, body: object): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  await answer.arrayBuffer();
}

/** Everything that was due has happened, and every page is out. */
async function drained(db: Database): Promise<void> {
  for (;;) {
    const { rows } = await db.query<{ n: number }>(
      `select (select count(*) from timers where done_at is null and due_at <= clock_timestamp())
            + (select count(*) from messages where state in ('queued', 'sending')) as n`,
    );
    if (rows[0]?.n === 0) return;
    await sleep(250);
  }
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

async function alertsThatPage(bench: Bench): Promise<object> {
  const acceptedAt = new Map<string, number>();
  const start = Date.now();
  const answers: Promise<void>[] = [];
  for (let n = 0; n < alertsPerSecond * alertSeconds; n += 1) {
    await sleepUntil(start + (n / alertsPerSecond) * 1000);
    const labels = { alertname: 'ServiceDown', service: `alert-${n}`, severity: 'critical' };
    const endsAt = new Date(Date.now() + 600_000).toISOString();
    answers.push(
      post(`${bench.url}/intake/alertmanager/api/v2/alerts`, bench.alertToken, [{ labels, endsAt }]).then(
        () => void acceptedAt.set(labels.service, Date.now()),
      ),
    );
  }
  await Promise.all(answers);
  await sleep(1000);
  await drained(bench.db);
  const tookMs = await firstSends(bench, acceptedAt);
  return {
    alertsPerSecond,
    alerts: acceptedAt.size,
    pagesLost: acceptedAt.size - tookMs.length,
    acceptToFirstSendMs: spread(tookMs),
  };
}

async function firstSends(
  { db, mail }: Bench,
  acceptedAt: ReadonlyMap<string, number>,
): Promise<readonly number[]> {
  const receivedAt = new Map(mail.received.toReversed().map((one) => [one.id, one.at]));
  const { rows } = await db.query<{ id: string; service: string }>(
    `select m.id, i.service_id as service from messages m join incidents i on i.id = m.incident_id
     where i.service_id like 'alert-%' and m.page_id like '%-page-1'`,
  );
  return rows.flatMap(({ id, service }) => {
    const from = acceptedAt.get(service);
    const to = receivedAt.get(id);
    return from === undefined || to === undefined ? [] : [Math.max(0, to - from)];
  });
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

function spread(values: readonly number[]): object {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number): number => Math.round(sorted[Math.floor(sorted.length * part)] ?? 0);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: Math.round(sorted.at(-1) ?? 0) };
}
