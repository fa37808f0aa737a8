import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fill } from '../apps/multitenant-api/test/fill.ts';
import { freePort } from '../apps/multitenant-api/test/free-port.ts';
import { startPostgres } from '../apps/multitenant-api/test/postgres.ts';
import { startRedis } from '../apps/multitenant-api/test/redis.ts';
import { environment, tokenFor } from '../apps/multitenant-api/test/service.ts';
import { runLoad, type LoadResult } from './http-load.ts';
import { cpuMs, proportionalBytes, residentBytes } from './process-usage.ts';

const tenants = Array.from({ length: Number(process.env['BENCH_TENANTS'] ?? 1000) }, (_, n) => `tenant-${n}`);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const roundSeconds = Number(process.env['BENCH_SECONDS'] ?? 8);
const itemsPerTenant = 30;
const app = join(import.meta.dirname, '../apps/multitenant-api');

interface Server {
  readonly child: ChildProcess;
  readonly url: string;
}

/** One turn of one side; `cpuUs`: processor time of the server's own process for each request, which says more than the rate on a busy machine. */
interface Turn extends LoadResult {
  readonly cpuUs: number;
}

interface Summary {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuUs: number;
  readonly failed: number;
}

/**
 * Requests per second and p99 of the reference service, with the tokens of all tenants in rotation, beside plain Fastify and pg with the
 * same query and no tenants; in turns in one run, medians over the rounds.
 */
export async function multitenantApi(): Promise<object> {
  const [postgres, redis] = [await startPostgres(), await startRedis()];
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
  const servers: Server[] = [];
  const start = async (file: string, env: Record<string, string>): Promise<Server> => {
    const server = await startServer(file, { ...environment(postgres), LOG_LEVEL: 'warn', ...env });
    servers.push(server);
    return server;
  };
  try {
    const tokensFile = join(folder, 'tokens');
    const tokens = await Promise.all(tenants.map((tenant) => tokenFor(tenant, { expires: '1 day' })));
    writeFileSync(tokensFile, tokens.join('\n'));
    const service = await start('src/main.ts', {});
    await fill(postgres, tenants, itemsPerTenant);
    const sides = {
      plain: await start('test/plain-api.ts', {}),
      service,
      serviceWithLog: await start('src/main.ts', { LOG_LEVEL: 'info' }),
      serviceWithRedis: await start('src/main.ts', { REDIS_URL: redis.url }),
    };
    const restingMb = megabytes(residentBytes(service.child.pid ?? 0));
    const runs = await takeTurns(sides, tokensFile);
    return { ...report(runs), ...memory(service, restingMb) };
  } finally {
    for (const { child } of servers) child.kill('SIGKILL');
    await redis.stop();
    await postgres.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function takeTurns(
  sides: Readonly<Record<string, Server>>,
  tokensFile: string,
): Promise<Map<string, Turn[]>> {
  const runs = new Map<string, Turn[]>();
  for (const { url } of Object.values(sides)) await runLoad({ url, tokensFile, seconds: 3 });
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, server] of Object.entries(sides)) {
      runs.set(name, [...(runs.get(name) ?? []), await turn(server, tokensFile)]);
    }
  }
  return runs;
}

async function turn({ child, url }: Server, tokensFile: string): Promise<Turn> {
  const pid = child.pid ?? 0;
  const before = cpuMs(pid);
  const result = await runLoad({ url, tokensFile, seconds: roundSeconds });
  const usedUs = (cpuMs(pid) - before) * 1000;
  return { ...result, cpuUs: usedUs / (result.requestsPerSecond * roundSeconds) };
}

function report(runs: ReadonlyMap<string, readonly Turn[]>): object {
  const plain = summarise(runs.get('plain') ?? []);
  const sides = [...runs].map(([name, results]) => {
    const side = summarise(results);
    const ratio = {
      requestsOfPlain: rounded(side.requestsPerSecond / plain.requestsPerSecond),
      p99OfPlain: rounded(side.p99Ms / plain.p99Ms),
      cpuOfPlain: rounded(side.cpuUs / plain.cpuUs),
    };
    return [name, name === 'plain' ? side : { ...side, ...ratio }];
  });
  const generator = runs.get('plain')?.[0]?.generator;
  return { tenants: tenants.length, rounds, roundSeconds, generator, ...Object.fromEntries(sides) };
}

function median(values: readonly number[]): number {
  return rounded(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN);
}

function summarise(results: readonly Turn[]): Summary {
  return {
    requestsPerSecond: Math.round(median(results.map((one) => one.requestsPerSecond))),
    p50Ms: median(results.map((one) => one.p50Ms)),
    p99Ms: median(results.map((one) => one.p99Ms)),
    cpuUs: median(results.map((one) => one.cpuUs)),
    failed: results.reduce((sum, one) => sum + one.failed, 0),
  };
}

function memory({ child }: Server, restingMb: number): object {
  const pid = child.pid ?? 0;
  return {
    residentBeforeLoadMb: restingMb,
    residentAfterLoadMb: megabytes(residentBytes(pid)),
    proportionalAfterLoadMb: megabytes(proportionalBytes([pid])),
  };
}

async function startServer(file: string, env: Record<string, string>): Promise<Server> {
  const port = String(await freePort());
  const child = spawn(process.execPath, [join(app, file)], {
    env: { PATH: process.env['PATH'], POOL_SIZE: '5', RATE_LIMIT: '1000000', ...env, PORT: port },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.status === 200) return { child, url };
    await sleep(100);
  }
  child.kill('SIGKILL');
  throw new Error(`${file} was not ready within 20 s`);
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
const megabytes = (bytes: number): number => Math.round(bytes / 1e5) / 10;

if (import.meta.main) console.log(JSON.stringify(await multitenantApi(), null, 2));
