import { setTimeout as pause } from 'node:timers/promises';

const graceMs = 500;

/**
 * Ends a process group: SIGTERM, and SIGKILL for whatever of it is left after half a second. The child must have been
 * started `detached`, so that its pid names the group.
 */
export async function endProcessTree(pid: number): Promise<void> {
  signalGroup(pid, 'SIGTERM');
  for (let waitedMs = 0; waitedMs < graceMs && signalGroup(pid, 0); waitedMs += 25) await pause(25);
  signalGroup(pid, 'SIGKILL');
}

/** False when nobody is left in the group. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}
