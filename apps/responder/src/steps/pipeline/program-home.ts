import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const pattern = /^tocsin-steps-(\d+)-/;

/** Makes an empty folder that is home and working directory of every program of this process; its name carries our pid. */
export function makeProgramHome(folder: string): Promise<string> {
  return mkdtemp(join(folder, `tocsin-steps-${process.pid}-`));
}

/**
 * Ends programs that a killed responder left running on this machine, and removes their home. They are known by the HOME
 * in their environment, which is the folder of an owner that no longer lives. Returns how many were ended. Linux only: 0 elsewhere.
 */
export async function endOrphans(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const left = names
    .filter((name) => isDead(Number(pattern.exec(name)?.[1] ?? process.pid)))
    .map((name) => join(folder, name));
  const homes: string[] = [];
  for (const home of left) if (await isOurs(home)) homes.push(home);
  if (homes.length === 0) return 0;
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const orphans: number[] = [];
  for (const pid of pids) if (homes.includes(await homeOf(pid))) orphans.push(pid);
  for (const pid of orphans) kill(pid);
  for (const home of homes) await rm(home, { recursive: true, force: true });
  return orphans.length;
}

/** Another user's leftovers are theirs to clean. */
async function isOurs(home: string): Promise<boolean> {
  const owner = await stat(home).then(
    ({ uid }) => uid,
    () => null,
  );
  return owner !== null && owner === process.getuid?.();
}

function isDead(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

async function homeOf(pid: number): Promise<string> {
  const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
  return (
    environment
      .split('\0')
      .find((one) => one.startsWith('HOME='))
      ?.slice('HOME='.length) ?? ''
  );
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
}
