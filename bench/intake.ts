import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createLogger, startOwnDatabase } from '../apps/responder/src/platform/index.ts';
import { freePort } from './free-port.ts';
import { cpuMs, proportionalBytes, processTree, residentBytes } from './process-usage.ts';
import { withStateDir } from './stack-process.ts';

const rounds = 5;
const warmUpAlerts = 12_800;
const newAlerts = 64_000;
const refreshed = 6400;
const refreshSeconds = 5;
const connections = 8;
const manyAlerts = 250_000;

interface Side {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
  /** Process of the database's postmaster; null: it needs none. */
  readonly database: number | null;
  stop(): Promise<void>;
}

type Start = (folder: string) => Promise<Side>;

/**
 * Intake beside Debian's Alertmanager: the same batches of 64 from the same generator, turn by turn. The responder's PostgreSQL runs
 * with fsync on; Alertmanager keeps alerts in memory.
 */
export async function intake(): Promise<object> {
  const sides = { tocsin: startTocsin, alertmanager: startAlertmanager };
  const refresh: Record<string, number[]> = { tocsin: [], alertmanager: [] };
  const fresh: Record<string, number[]> = { tocsin: [], alertmanager: [] };
  for (let round = 0; round < rounds; round += 1)
    for (const [name, start] of Object.entries(sides))
      await withSide(start, async (side) => {
        await load(side, ['new', warmUpAlerts, 0], 'warm');
        fresh[name]?.push((await load(side, ['new', newAlerts, 0])).alertsPerSecond);
        await load(side, ['new', refreshed, 0], 'again');
        refresh[name]?.push(
          (await load(side, ['refresh', refreshed, refreshSeconds], 'again')).alertsPerSecond,
        );
      });
  const memory: Record<string, object> = {};
  for (const [name, start] of Object.entries(sides)) memory[name] = await withSide(start, memoryOf);
  return {
    batch: 64,
    rounds,
    warmUpAlerts,
    connections,
    newAlertsPerSecond: summary(fresh),
    refreshedAlertsPerSecond: summary(refresh),
    with250000Active: memory,
  };
}

function summary(figures: Readonly<Record<string, readonly number[]>>): object {
  const [tocsin, alertmanager] = ['tocsin', 'alertmanager'].map((name) => spread(figures[name] ?? []));
  return { tocsin, alertmanager, ratio: round2((tocsin?.median ?? 0) / (alertmanager?.median ?? 1)) };
}

function spread(figures: readonly number[]) {
  const sorted = figures.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, min: sorted[0] ?? 0, max: sorted.at(-1) ?? 0 };
}

async function memoryOf(side: Side): Promise<object> {
  await load(side, ['new', manyAlerts, 0]);
  // At rest: what the load itself took has been given back by both.
  await sleep(60_000);
  const before = cpuMs(side.pid);
  await sleep(10_000);
  return {
    residentMb: megabytes(residentBytes(side.pid)),
    ...(side.database === null
      ? {}
      : { databaseProportionalMb: megabytes(proportionalBytes(processTree(side.database))) }),
    cpuPercentOfOneCoreAtRest: round2((cpuMs(side.pid) - before) / 100),
  };
}

async function withSide<T>(start: Start, work: (side: Side) => Promise<T>): Promise<T> {
  return withStateDir(async (folder) => {
    const side = await start(folder);
    try {
      return await work(side);
    } finally {
      await side.stop();
    }
  });
}

interface Loaded {
  readonly alertsPerSecond: number;
  readonly failed: number;
}

async function load(
  side: Side,
  [mode, count, seconds]: [string, number, number],
  salt = 'x',
): Promise<Loaded> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--max-old-space-size=4096',
      join(import.meta.dirname, 'intake-load.ts'),
      side.url,
      side.token,
      ...[mode, count, seconds, connections, salt].map(String),
    ],
    { maxBuffer: 1e6 },
  );
  const loaded = JSON.parse(stdout) as Loaded;
  if (loaded.failed > 0) throw new Error(`${loaded.failed} requests failed: ${stdout}`);
  return loaded;
}

async function startTocsin(folder: string): Promise<Side> {
  const dataDir = join(folder, 'database');
  const database = await startOwnDatabase({ dataDir, log: createLogger({ level: 'silent' }) });
  const token = randomBytes(16).toString('hex');
  const tokenFile = join(folder, 'token');
  writeFileSync(tokenFile, token, { mode: 0o600 });
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'intake-responder.ts'), database.url, tokenFile],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const { url } = JSON.parse(await firstLine(child)) as { url: string };
  return {
    url: `${url}/intake/alertmanager`,
    token,
    pid: child.pid ?? 0,
    database: Number(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]),
    stop: async () => {
      await end(child);
      await database.stop();
    },
  };
}

async function startAlertmanager(folder: string): Promise<Side> {
  const config = join(folder, 'alertmanager.yml');
  writeFileSync(config, 'route:\n  receiver: none\nreceivers:\n  - name: none\n');
  const port = await freePort();
  const child = spawn(
    'prometheus-alertmanager',
    [
      `--config.file=${config}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
      '--log.level=error',
    ],
    { stdio: 'ignore' },
  );
  const url = `http://127.0.0.1:${port}`;
  while (
    !(await fetch(`${url}/-/ready`).then(
      (answer) => answer.ok,
      () => false,
    ))
  )
    await sleep(50);
  return { url, token: '', pid: child.pid ?? 0, database: null, stop: () => end(child) };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.stdout !== null) createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`it ended with ${code} before it was ready`)));
  });
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e5) / 10;
const round2 = (value: number): number => Math.round(value * 100) / 100;
