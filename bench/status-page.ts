import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  createDatabase,
  createLogger,
  type Database,
  migrate,
  startOwnDatabase,
} from '../apps/responder/src/platform/index.ts';
import type { ManyServicesArguments } from '../apps/responder/test/many-services-child.ts';
import { startMailProcess } from './mail-process.ts';
import { component, pageOf } from '../apps/status-page/test/page-snapshot.ts';
import { firstPaints } from './first-paint.ts';
import { alertsThatPage, type Paging } from './paging-alerts.ts';
import { cpuMs, residentBytes } from './process-usage.ts';
import { withStateDir } from './stack-process.ts';
import { visit } from './visitor-load.ts';

const seconds = Number(process.env['BENCH_SECONDS'] ?? 15);
const paints = Number(process.env['BENCH_PAINTS'] ?? 5);
const log = createLogger({ level: 'warn' });

/**
 * What one process of the status page answers from memory under as many visitors as ask; how soon they see a change meanwhile, how soon
 * a phone shows the page, and how long pages take that a responder beside it, on the same database, sends: each with the visitors and without.
 */
export function statusPage(): Promise<object> {
  return withStateDir(async (folder) => {
    const server = await startOwnDatabase({ dataDir: join(folder, 'database'), port: 0, log });
    const db = createDatabase(server.url, { log });
    await migrate(db);
    await publish(db, 'degraded_performance');
    const { child, url } = await startPage(folder, server.url);
    const { paging, stop } = await startPaging(folder, server.url, db);
    try {
      // Of processes that have just been started the first pages are those of a cold one.
      await alertsThatPage(paging, { service: 'cold', perSecond: 2, seconds: 3 });
      await visit(url, 3);
      return {
        loadAverage: loadavg().map((one) => Math.round(one * 10) / 10),
        ...(await measure({ url, db, paging, pid: child.pid ?? 0 })),
        ...(await sizes(url)),
      };
    } finally {
      await end(child, 'SIGTERM');
      await stop();
      await db.close();
      await server.stop();
    }
  });
}

interface Ground {
  readonly url: string;
  readonly db: Database;
  readonly paging: Paging;
  /** Of the status page. */
  readonly pid: number;
}

async function measure({ url, db, paging, pid }: Ground): Promise<object> {
  const pace = { perSecond: 1, seconds };
  const quietPages = await alertsThatPage(paging, { ...pace, service: 'quiet' });
  const quietPaint = await firstPaints(`${url}/de/`, paints);

  const before = cpuMs(pid);
  const loaded = visit(url, seconds + 2);
  const loadedPages = alertsThatPage(paging, { ...pace, service: 'loaded' });
  await sleep(2000);
  const changeShownUnderLoadAfterMs = await changeShows(db, url);
  const visited = await loaded;
  const usedMs = cpuMs(pid) - before;
  const pages = { quiet: quietPages, underLoad: await loadedPages };

  const visitors = visit(url, seconds);
  await sleep(1000);
  const paint = { quiet: quietPaint, underLoad: await firstPaints(`${url}/de/`, paints) };
  await visitors;
  return {
    ...visited,
    cpuUsARequest: Math.round((usedMs * 1000) / (visited.requestsPerSecond * visited.seconds)),
    changeShownUnderLoadAfterMs,
    pages,
    firstPaint: paint,
    residentMb: Math.round(residentBytes(pid) / 1e5) / 10,
  };
}

/** Ten components with a quarter's history, one outage that goes on, one that is over. */
async function publish(db: Database, state: 'degraded_performance' | 'major_outage'): Promise<void> {
  const components = Array.from({ length: 10 }, (_, at) =>
    component({
      id: at === 0 ? 'data' : `part-${at}`,
      name: `Component ${at + 1}`,
      state: at === 0 ? state : 'operational',
    }),
  );
  await db.query(
    `insert into status_page_snapshots as s values ('bench', $1, 1, clock_timestamp())
     on conflict (service_id) do update set snapshot = excluded.snapshot, revision = s.revision + 1,
       checked_at = excluded.checked_at`,
    [JSON.stringify(pageOf({ components }))],
  );
  await db.query(`select pg_notify('status_page', 'bench')`);
}

async function startPage(folder: string, databaseUrl: string): Promise<{ child: ChildProcess; url: string }> {
  const config = join(folder, 'bench.yaml');
  writeFileSync(config, JSON.stringify({ service: { id: 'bench' }, statusPage: { listen: { port: 0 } } }));
  const entry = join(import.meta.dirname, '../apps/status-page/src/main.ts');
  const child = spawn(process.execPath, [entry, '--config', config], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const url = await urlOf(child);
  while ((await fetch(url)).status !== 200) await sleep(50);
  return { child, url };
}

async function changeShows(db: Database, url: string): Promise<number> {
  const startedAt = performance.now();
  await publish(db, 'major_outage');
  while (!(await (await fetch(`${url}/api/v2/status.json`)).text()).includes('critical')) await sleep(5);
  return Math.round(performance.now() - startedAt);
}

async function sizes(url: string): Promise<object> {
  const plain = await fetch(`${url}/de/`, { headers: { 'accept-encoding': 'identity' } });
  const packed = await fetch(`${url}/de/`, { headers: { 'accept-encoding': 'br' } });
  return {
    pageBytes: (await plain.arrayBuffer()).byteLength,
    pageBytesSent: Number(packed.headers.get('content-length')),
  };
}

/** A responder of many services on the same database, with a mail server that keeps what it took. */
async function startPaging(folder: string, databaseUrl: string, db: Database) {
  const mail = await startMailProcess();
  const alertToken = randomBytes(16).toString('hex');
  const tokenFile = join(folder, 'token');
  writeFileSync(tokenFile, alertToken, { mode: 0o600 });
  const given: ManyServicesArguments = { databaseUrl, smtpUrl: mail.url, tokenFile };
  const entry = join(import.meta.dirname, '../apps/responder/test/many-services-child.ts');
  const child = spawn(process.execPath, [entry, JSON.stringify(given)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const paging: Paging = { url: await urlOf(child), db, alertToken, mail };
  return {
    paging,
    stop: async () => {
      await end(child, 'SIGKILL');
      await mail.close();
    },
  };
}

/** Both say their address in their first line. */
async function urlOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout !== null)
    for await (const line of createInterface({ input: stdout }))
      return (JSON.parse(line) as { url: string }).url;
  throw new Error('a process of the bench ended before it was ready');
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}
