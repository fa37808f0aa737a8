import { setTimeout as sleep } from 'node:timers/promises';
import type { Pod } from '#store';
import type { PodWorker } from './pod-worker.ts';
import { listProcesses, memoryOf, treeOf, type ProcessInfo } from './process-tree.ts';

const WINDOW_MS = 1_000;
/** Length of a clock tick in /proc: USER_HZ is 100 on every Linux. */
const TICK_SECONDS = 0.01;

/** What the containers of a pod use: processor time a second, and memory. */
export interface PodUsage {
  pod: Pod;
  containers: { name: string; cpuCores: number; memoryBytes: number }[];
}

/** Measures running pods for a second: processor time and memory of each container's processes. */
export async function measureUsage(workers: readonly PodWorker[]): Promise<PodUsage[]> {
  const startedAt = performance.now();
  const before = listProcesses();
  await sleep(WINDOW_MS);
  const after = listProcesses();
  const seconds = (performance.now() - startedAt) / 1_000;
  const ticksBefore = new Map(before.map(({ pid, cpuTicks }) => [pid, cpuTicks]));
  return workers.map(({ pod, runners }) => ({
    pod,
    containers: runners
      .filter(({ pid }) => pid !== undefined)
      .map(({ record, pids }) => {
        const tree = pids.flatMap((pid) => treeOf(pid, after));
        return {
          name: record.name,
          cpuCores: (ticksUsed(tree, ticksBefore, after) * TICK_SECONDS) / seconds,
          memoryBytes: memoryBytes(tree),
        };
      }),
  }));
}

function ticksUsed(
  tree: readonly number[],
  before: ReadonlyMap<number, number>,
  after: readonly ProcessInfo[],
): number {
  const own = after.filter(({ pid }) => tree.includes(pid));
  return own.reduce((sum, { pid, cpuTicks }) => sum + Math.max(0, cpuTicks - (before.get(pid) ?? 0)), 0);
}

/** Private pages of every process, and the shared ones of the process that has most: PostgreSQL's share one buffer. */
function memoryBytes(tree: readonly number[]): number {
  const used = tree.map(memoryOf).filter((memory) => memory !== undefined);
  const own = used.reduce((sum, { resident, shared }) => sum + resident - shared, 0);
  return own + Math.max(0, ...used.map(({ shared }) => shared));
}
