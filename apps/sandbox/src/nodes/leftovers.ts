import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { listProcesses, trySignal } from './process-tree.ts';

const GONE_WITHIN_MS = 3_000;

/** The variable that says, in every command that a user chose, below which directory its pod lives. */
export const PODS_VARIABLE = 'TOCSIN_PODS';

/**
 * Ends processes that an earlier run on the same state directory left behind: images whose working directory is a
 * pod's or a volume's below it, where nothing else works, and users' commands, with what these started. Resolves with their ids when they are gone:
 * a database that starts beside a dying one's children refuses to.
 */
export async function sweepLeftovers(stateDir: string): Promise<number[]> {
  const ended = findLeftovers(stateDir).filter((pid) => trySignal(pid, 'SIGKILL'));
  const deadline = performance.now() + GONE_WITHIN_MS;
  while (findLeftovers(stateDir).length > 0 && performance.now() < deadline) await sleep(20);
  return ended;
}

function findLeftovers(stateDir: string): number[] {
  const places = ['pods', 'volumes'].map((name) => path.join(path.resolve(stateDir), name) + path.sep);
  const living = listProcesses().filter(({ pid, state }) => pid !== process.pid && state !== 'Z');
  const marker = `${PODS_VARIABLE}=${path.resolve(stateDir, 'pods')}`;
  return living.map(({ pid }) => pid).filter((pid) => worksIn(pid, places) || isMarked(pid, marker));
}

function worksIn(pid: number, places: readonly string[]): boolean {
  try {
    const place = fs.readlinkSync(`/proc/${pid}/cwd`);
    const program = path.basename(fs.readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, ''));
    return isImage(program) && places.some((root) => `${place}${path.sep}`.startsWith(root));
  } catch {
    return false;
  }
}

function isMarked(pid: number, marker: string): boolean {
  try {
    return fs.readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(marker);
  } catch {
    return false;
  }
}

/** A shell that somebody opened there is not ours to end. */
function isImage(program: string): boolean {
  return /^(node|postgres|redis-server|redis-check-rdb)/.test(program);
}
