import fs from 'node:fs';
import path from 'node:path';
import { listProcesses } from './process-tree.ts';

/**
 * Ends processes that an earlier run on the same state directory left behind: those whose working directory is a
 * pod's or a volume's below it. Nothing else of this machine works there. Returns their ids.
 */
export function sweepLeftovers(stateDir: string): number[] {
  const places = ['pods', 'volumes'].map((name) => path.join(path.resolve(stateDir), name) + path.sep);
  const left = listProcesses().filter(
    ({ pid, state }) => pid !== process.pid && state !== 'Z' && worksIn(pid, places),
  );
  return left.map(({ pid }) => pid).filter(end);
}

/** Frozen processes end too: SIGKILL reaches a stopped process. */
function end(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
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

/** A shell that somebody opened there is not ours to end. */
function isImage(program: string): boolean {
  return /^(node|postgres|redis-server|redis-check-rdb)/.test(program);
}
