import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import type { Logger } from './logger.ts';
import { findServerHome, type ServerHome } from './own-database-home.ts';
import { initDataDir } from './own-database-init.ts';
import { clearAfterCrash } from './own-database-crash.ts';
import { freePort, readPostmaster, processLives, type Postmaster } from './own-database-postmaster.ts';

/** A PostgreSQL server that belongs to this product. */
export interface OwnDatabase {
  readonly url: string;
  /** Process id of the server. */
  readonly pid: number;
  /** True when the server was found running (the responder before us died). */
  readonly adopted: boolean;
  /** Whether the server's process still runs. */
  lives(): boolean;
  /** Fast, clean shutdown; waits until the server's process has ended. */
  stop(): Promise<void>;
}

const user = 'tocsin';
const database = 'tocsin';
const startLimitMs = 60_000;

/** Small on purpose: rests under 100 MB, grows with what is open, and a commit is on disk before it is answered. */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  // Taken only as far as tables fill it: what ten thousand open incidents touch.
  shared_buffers: '64MB',
  max_connections: '40',
  jit: 'off',
  fsync: 'on',
  synchronous_commit: 'on',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '256MB',
  io_method: 'sync',
  max_parallel_workers: '0',
  max_parallel_workers_per_gather: '0',
  max_logical_replication_workers: '0',
  autovacuum_max_workers: '1',
  // Tables are small, and while one is vacuumed slowly every queue reads what is done already.
  autovacuum_vacuum_cost_delay: '0',
  work_mem: '2MB',
  maintenance_work_mem: '16MB',
  huge_pages: 'off',
  log_timezone: 'UTC',
  timezone: 'UTC',
};

/**
 * Starts the embedded PostgreSQL on `dataDir`, making it at the first start; adopts the server that already runs there.
 * After a crash the server recovers by itself. As root it runs as an ordinary user, as PostgreSQL requires.
 * `port` 0 takes any free one. Throws when the server does not answer within 60 s, with the end of its log.
 */
export async function startOwnDatabase(options: {
  readonly dataDir: string;
  readonly port?: number;
  readonly log?: Logger;
  /** Overrides of server settings; tests use it. */
  readonly settings?: Readonly<Record<string, string>>;
}): Promise<OwnDatabase> {
  const home = await findServerHome(resolve(options.dataDir), options.log);
  const password = await keptPassword(`${resolve(options.dataDir)}.password`);
  await initDataDir(home, { user, password });
  const found = await readPostmaster(home.dataDir);
  if (found !== null && processLives(found.pid)) return adopt(found, password, options.log);
  await clearAfterCrash(home.dataDir, found);
  const port = options.port === undefined || options.port === 0 ? await freePort() : options.port;
  const pid = await launch(home, port, { ...settings, ...options.settings });
  const url = await untilAnswers({ pid, port }, password, home.logFile);
  options.log?.info({ pid, port, dataDir: home.dataDir }, 'database started');
  return { url, pid, adopted: false, lives: () => processLives(pid), stop: () => stopServer(pid) };
}

async function adopt(found: Postmaster, password: string, log: Logger | undefined): Promise<OwnDatabase> {
  const url = await untilAnswers(found, password, null);
  log?.info({ pid: found.pid, port: found.port }, 'database of an earlier run adopted');
  return {
    url,
    pid: found.pid,
    adopted: true,
    lives: () => processLives(found.pid),
    stop: () => stopServer(found.pid),
  };
}

async function keptPassword(file: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true });
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null) return kept.trim();
  const fresh = randomBytes(18).toString('base64url');
  await writeFile(file, `${fresh}\n`, { mode: 0o600 });
  return fresh;
}

/** Detached: Ctrl-C in a terminal must reach the responder, not its database. Standard streams go to a log file. */
async function launch(
  home: ServerHome,
  port: number,
  values: Readonly<Record<string, string>>,
): Promise<number> {
  const log = await open(home.logFile, 'w');
  const flags = Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(home.postgres, ['-D', home.dataDir, '-p', String(port), ...flags], {
    ...home.runAs,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
  });
  await log.close();
  child.unref();
  const failed = new Promise<never>((_resolve, reject) => {
    child.once('error', (error) => reject(new Error(`${home.postgres} cannot start`, { cause: error })));
  });
  failed.catch(() => undefined);
  if (child.pid === undefined) return failed;
  return child.pid;
}

async function untilAnswers(server: Postmaster, password: string, logFile: string | null): Promise<string> {
  const address = (name: string): string => `postgres://${user}:${password}@127.0.0.1:${server.port}/${name}`;
  const giveUpAt = performance.now() + startLimitMs;
  for (;;) {
    const problem = await tryConnect(address('postgres'));
    if (problem === null) break;
    if (!processLives(server.pid) || performance.now() > giveUpAt)
      throw new Error(
        `PostgreSQL on port ${server.port} does not answer: ${problem}. ${await endOf(logFile)}`,
      );
    await pause(50);
  }
  return address(database);
}

/** Connects and makes the product's database when it is missing; the reason when that fails. */
async function tryConnect(url: string): Promise<string | null> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (rowCount === 0) await client.query(`create database ${database}`);
    return null;
  } catch (error) {
    return (error as Error).message;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function endOf(logFile: string | null): Promise<string> {
  if (logFile === null) return '';
  const text = await readFile(logFile, 'utf8').catch(() => '');
  return `The end of its log: ${text.trim().split('\n').slice(-5).join(' | ')}`;
}

/** SIGINT is PostgreSQL's fast shutdown: sessions end, a checkpoint is written. */
async function stopServer(pid: number): Promise<void> {
  if (!processLives(pid)) return;
  process.kill(pid, 'SIGINT');
  while (processLives(pid)) await pause(20);
}
