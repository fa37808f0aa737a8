import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { chromium } from 'playwright-core';
import {
  createDatabase,
  createLogger,
  type Database,
  migrate,
  startOwnDatabase,
} from '../apps/responder/src/platform/index.ts';
import { component, pageOf } from '../apps/status-page/test/page-snapshot.ts';
import { cpuMs, residentBytes } from './process-usage.ts';
import { withStateDir } from './stack-process.ts';

const connections = Number(process.env['BENCH_CONNECTIONS'] ?? 64);
const seconds = Number(process.env['BENCH_SECONDS'] ?? 15);
const log = createLogger({ level: 'warn' });

/** What one process of the status page answers from memory under as many visitors as ask, and how soon they see a change meanwhile. */
export function statusPage(): Promise<object> {
  return withStateDir(async (folder) => {
    const server = await startOwnDatabase({ dataDir: join(folder, 'database'), port: 0, log });
    const db = createDatabase(server.url, { log });
    await migrate(db);
    await publish(db, 'degraded_performance');
    const { child, url } = await startPage(folder, server.url);
    try {
      await load(url, 3);
      const before = cpuMs(child.pid ?? 0);
      const loaded = load(url, seconds);
      await sleep(2000);
      const changeShownAfterMs = await changeShows(db, url);
      const result = await loaded;
      return {
        connections,
        seconds,
        ...result,
        cpuUsARequest: Math.round(
          ((cpuMs(child.pid ?? 0) - before) * 1000) / (result.requestsPerSecond * seconds),
        ),
        changeShownUnderLoadAfterMs: changeShownAfterMs,
        ...(await sizes(url)),
        firstPaintMs: await firstPaintMs(url),
        residentMb: Math.round(residentBytes(child.pid ?? 0) / 1e5) / 10,
      };
    } finally {
      child.kill('SIGTERM');
      await db.close();
      await server.stop();
    }
  });
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
  for await (const line of createInterface({ input: child.stdout })) {
    const { url } = JSON.parse(line) as { url: string };
    while ((await fetch(url)).status !== 200) await sleep(50);
    return { child, url };
  }
  throw new Error('the status page ended before it was ready');
}

/** wrk on one thread: the process that is measured has the other core. */
async function load(url: string, forSeconds: number) {
  const headers = ['-H', 'accept-encoding: gzip, br', '-H', 'accept-language: de'];
  const wrk = spawn('wrk', ['-t1', `-c${connections}`, `-d${forSeconds}s`, '--latency', ...headers, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  wrk.once('error', (error) => {
    throw new Error(`wrk: ${error.message}; expected it to be installed`, { cause: error });
  });
  const output = await text(wrk.stdout);
  const ofLine = (pattern: RegExp): string => pattern.exec(output)?.[1] ?? '0';
  return {
    requestsPerSecond: Math.round(Number(ofLine(/Requests\/sec:\s+([\d.]+)/))),
    p50Ms: milliseconds(ofLine(/50%\s+(\S+)/)),
    p99Ms: milliseconds(ofLine(/99%\s+(\S+)/)),
    failed: Number(ofLine(/Non-2xx or 3xx responses: (\d+)/)),
  };
}

function milliseconds(said: string): number {
  const [, value = '0', unit = 'ms'] = /^([\d.]+)(us|ms|s)$/.exec(said) ?? [];
  return Math.round(Number(value) * ({ us: 0.001, ms: 1, s: 1000 }[unit] ?? 1) * 100) / 100;
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

async function firstPaintMs(url: string): Promise<number> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const page = await browser.newPage();
  await page.goto(`${url}/de/`);
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
  const paintedMs = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
  );
  await browser.close();
  return Math.round(paintedMs);
}
