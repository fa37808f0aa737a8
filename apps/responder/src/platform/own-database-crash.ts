import { readdir, readFile, readlink, rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Postmaster } from './own-database-postmaster.ts';

const orphanLimitMs = 10_000;

/**
 * After the server was killed: waits for its orphaned backends to end, and removes the lock file of a server that is
 * dead but not yet reaped. PostgreSQL takes such a process for a living one and would refuse to start.
 */
export async function clearAfterCrash(dataDir: string, found: Postmaster | null): Promise<void> {
  if (found === null) return;
  const giveUpAt = performance.now() + orphanLimitMs;
  while ((await someoneWorksIn(dataDir)) && performance.now() < giveUpAt) await pause(50);
  if (await someoneWorksIn(dataDir)) return;
  if (await isZombie(found.pid)) await rm(`${dataDir}/postmaster.pid`, { force: true });
}

/** Every process of a PostgreSQL server has its data folder as working directory. False where there is no /proc. */
async function someoneWorksIn(dataDir: string): Promise<boolean> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const places = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')));
  return places.includes(dataDir);
}

async function isZombie(pid: number): Promise<boolean> {
  return /\) Z /.test(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''));
}
