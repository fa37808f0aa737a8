import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';
import { createDatabase } from './index.ts';
import { processLives } from './own-database-postmaster.ts';

const main = fileURLToPath(new URL('../database-main.ts', import.meta.url));
const home = await mkdtemp(join(tmpdir(), 'tocsin-own-database-'));
// As root the server runs as somebody else, who has to reach the folder.
await chmod(home, 0o755);
const dataDir = join(home, 'parent', 'data');
afterAll(() => rm(home, { recursive: true, force: true }));

interface Ready {
  readonly event: string;
  readonly url: string;
  readonly pid: number;
  readonly adopted: boolean;
}

async function start(): Promise<{ ready: Ready; child: ReturnType<typeof spawn> }> {
  const child = spawn(process.execPath, [main, dataDir], { stdio: ['pipe', 'pipe', 'ignore'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { ready: JSON.parse(line.toString()) as Ready, child };
}

async function count(url: string): Promise<number> {
  const db = createDatabase(url, { connections: 1 });
  await db.query('create table if not exists kept (at timestamptz)');
  await db.query('insert into kept values (clock_timestamp())');
  const { rowCount } = await db.query('select * from kept');
  await db.close();
  return rowCount;
}

test('starts, is adopted after its starter was killed, recovers after a crash, and ends with its input', async () => {
  const first = await start();
  expect(first.ready).toMatchObject({ event: 'ready', adopted: false });
  expect(await count(first.ready.url)).toBe(1);
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');

  const second = await start();
  expect(second.ready).toMatchObject({ adopted: true, pid: first.ready.pid });
  expect(await count(second.ready.url)).toBe(2);
  // The machine loses power: server and starter are gone at once, postmaster.pid stays behind.
  process.kill(second.ready.pid, 'SIGKILL');
  second.child.kill('SIGKILL');
  await vi.waitFor(() => expect(processLives(second.ready.pid)).toBe(false), 10_000);

  const third = await start();
  expect(third.ready.adopted).toBe(false);
  expect(await count(third.ready.url)).toBe(3);
  third.child.stdin?.end();
  await once(third.child, 'exit');
  expect(processLives(third.ready.pid)).toBe(false);
});
