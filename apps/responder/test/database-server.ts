import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createLogger, startOwnDatabase } from '../src/platform/index.ts';

/** One real PostgreSQL a checkout serves all its test files. Its data is of no worth, so it does not wait for the disk. */
const place = createHash('sha256')
  .update(import.meta.url)
  .digest('hex')
  .slice(0, 8);
const home = join(tmpdir(), `tocsin-test-${userInfo().uid}-${place}`);
const keeperFile = join(home, 'keeper');

export async function startTestServer(): Promise<string> {
  const server = await testServer();
  return server.url;
}

export function testServer(): ReturnType<typeof startOwnDatabase> {
  return startOwnDatabase({
    dataDir: join(home, 'data'),
    log: createLogger({ level: 'silent' }),
    settings: { fsync: 'off', synchronous_commit: 'off', max_connections: '150', shared_buffers: '64MB' },
  });
}

/** Test files run in several processes: one at a time starts or stops the server, or copies the template. */
export async function exclusively<T>(work: () => Promise<T>): Promise<T> {
  await mkdir(home, { recursive: true, mode: 0o755 });
  const lock = join(home, 'lock');
  while (!(await takeFile(lock))) await pause(25);
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

export async function keeperLives(): Promise<boolean> {
  const pid = Number(await readFile(keeperFile, 'utf8').catch(() => '0'));
  return pid > 0 && lives(pid);
}

/** True when this process is the one keeper. */
export async function becomeKeeper(): Promise<boolean> {
  return takeFile(keeperFile);
}

export function leaveKeeping(): Promise<void> {
  return rm(keeperFile, { force: true });
}

/** Makes the file with our process id in it; breaks one whose maker has died. */
async function takeFile(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch {
    const maker = Number(await readFile(path, 'utf8').catch(() => '0'));
    if (maker > 0 && !lives(maker)) await rm(path, { force: true });
    return false;
  }
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
