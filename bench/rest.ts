import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuMs, processTree, proportionalBytes, residentBytes } from './process-usage.ts';
import { startStackProcess, withStateDir } from './stack-process.ts';

/** Until what runs again and again is compiled: that work is of the start, not of rest. */
const settleMs = 180_000;
const measureMs = 60_000;

/** Memory and processor time of the responder and its PostgreSQL while nothing is wrong and the platform is under traffic. */
export function rest(): Promise<object> {
  return withStateDir(async (folder) => {
    const stack = await startStackProcess(folder);
    try {
      await sleep(settleMs);
      const responder = Number(stack.ready['responderPid']);
      const postmaster = Number(readFileSync(postmasterPidFile(folder), 'utf8').split('\n')[0]);
      const before = { responder: cpuMs(responder), database: cpuOf(postmaster) };
      await sleep(measureMs);
      return {
        responderResidentMb: megabytes(residentBytes(responder)),
        responderCpuPercentOfOneCore: percent(cpuMs(responder) - before.responder),
        databaseProportionalMb: megabytes(proportionalBytes(processTree(postmaster))),
        databaseCpuPercentOfOneCore: percent(cpuOf(postmaster) - before.database),
        measuredForMs: measureMs,
      };
    } finally {
      await stack.stop();
    }
  });
}

/** PostgreSQL writes it into its data folder, which the responder's database keeps below the state folder. */
const postmasterPidFile = (folder: string): string => join(folder, 'database', 'postmaster.pid');
const cpuOf = (root: number): number => processTree(root).reduce((sum, pid) => sum + cpuMs(pid), 0);
const megabytes = (bytes: number): number => Math.round(bytes / 1e5) / 10;
const percent = (usedMs: number): number => Math.round((usedMs / measureMs) * 1000) / 10;
