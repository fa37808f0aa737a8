import fs from 'node:fs';

/** One process as /proc tells it. */
export interface ProcessInfo {
  pid: number;
  parentPid: number;
  /** State letter of proc(5): R, S, T (stopped), Z ... */
  state: string;
  /** Processor time so far, in clock ticks. */
  cpuTicks: number;
}

/** All processes of the machine; those that end while reading are left out. Empty where there is no /proc. */
export function listProcesses(): ProcessInfo[] {
  if (!fs.existsSync('/proc/self/stat')) return [];
  const pids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map((pid) => readStat(Number(pid))).filter((info) => info !== undefined);
}

function readStat(pid: number): ProcessInfo | undefined {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name is in parentheses and may hold anything, so fields are counted after the last one.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const cpuTicks = Number(fields[11]) + Number(fields[12]);
    return { pid, state: fields[0] ?? '?', parentPid: Number(fields[1]), cpuTicks };
  } catch {
    return undefined;
  }
}

/** A process and all its descendants, parents first. PostgreSQL's backends have groups of their own and are found too. */
export function treeOf(rootPid: number, processes: readonly ProcessInfo[] = listProcesses()): number[] {
  const children = Map.groupBy(processes, (info) => info.parentPid);
  const tree: number[] = [];
  const queue = [rootPid];
  for (let pid = queue.shift(); pid !== undefined; pid = queue.shift()) {
    tree.push(pid);
    queue.push(...(children.get(pid) ?? []).map((child) => child.pid));
  }
  return tree;
}

/** Sends a signal to a whole tree, parents first, until no new descendant appears. Returns the processes reached. */
export function signalTree(rootPid: number, signal: NodeJS.Signals): number[] {
  const reached = new Set<number>();
  for (let round = 0; round < 5; round++) {
    const fresh = treeOf(rootPid).filter((pid) => !reached.has(pid));
    if (fresh.length === 0) break;
    for (const pid of fresh) if (trySignal(pid, signal)) reached.add(pid);
    if (reached.size === 0) break;
  }
  return [...reached];
}

/** The same for several trees. */
export function signalTrees(pids: readonly number[], signal: NodeJS.Signals): number[] {
  return pids.flatMap((pid) => signalTree(pid, signal));
}

/** Signals one process; false when it is gone. SIGKILL reaches a stopped process too. */
export function trySignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}

const PAGE_BYTES = 4096;

/** Memory of one process in bytes: all that is resident, and what of it others share. Undefined when it is gone. */
export function memoryOf(pid: number): { resident: number; shared: number } | undefined {
  try {
    const pages = fs.readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ').map(Number);
    const [, resident = 0, shared = 0] = pages;
    return { resident: resident * PAGE_BYTES, shared: shared * PAGE_BYTES };
  } catch {
    return undefined;
  }
}
