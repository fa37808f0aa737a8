import { readdirSync, readFileSync } from 'node:fs';

const clockTicksPerSecond = 100;

/** Processor time used so far by a process, all threads, milliseconds. Source: proc(5), stat fields utime and stime. */
export function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / clockTicksPerSecond;
}

/** Resident memory of a process, bytes. */
export function residentBytes(pid: number): number {
  return kilobytesOf(`/proc/${pid}/status`, 'VmRSS') * 1024;
}

/** Proportional memory of processes that share pages, bytes: the fair sum for PostgreSQL's backends. */
export function proportionalBytes(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + kilobytesOf(`/proc/${pid}/smaps_rollup`, 'Pss') * 1024, 0);
}

/** The process and all that descend from it. */
export function processTree(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc'))
    if (/^\d+$/.test(name)) parents.set(Number(name), parentOf(Number(name)));
  const tree = [root];
  for (const pid of tree) for (const [child, parent] of parents) if (parent === pid) tree.push(child);
  return tree;
}

function parentOf(pid: number): number {
  try {
    return kilobytesOf(`/proc/${pid}/status`, 'PPid');
  } catch {
    return 0;
  }
}

function kilobytesOf(file: string, field: string): number {
  const match = new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync(file, 'utf8'));
  return Number(match?.[1] ?? 0);
}
