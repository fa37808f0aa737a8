import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { listProcesses, memoryOf, signalTree, treeOf } from './process-tree.ts';

const info = (pid: number, parentPid: number) => ({ pid, parentPid, state: 'S', cpuTicks: 0 });

describe('treeOf', () => {
  it('walks from the root to every descendant, parents first', () => {
    expect(treeOf(10, [info(13, 12), info(10, 1), info(12, 10), info(11, 10), info(20, 1)])).toEqual([
      10, 12, 11, 13,
    ]);
  });
});

describe('signalTree', () => {
  it('stops a process together with a child that left its group, and ends both', async () => {
    const script = `const c = require('child_process').spawn('sleep', ['60'], { detached: true });
      console.log(c.pid); setInterval(() => {}, 1000)`;
    const parent = spawn(process.execPath, ['-e', script], { detached: true });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const childPid = Number(line.toString());
    const pid = parent.pid ?? 0;

    expect(signalTree(pid, 'SIGSTOP')).toEqual([pid, childPid]);
    const states = () =>
      listProcesses()
        .filter((one) => one.pid === pid || one.pid === childPid)
        .map((one) => one.state);
    await expect.poll(states).toEqual(['T', 'T']);
    expect(memoryOf(pid)?.resident).toBeGreaterThan(1_000_000);

    const exited = once(parent, 'exit');
    expect(signalTree(pid, 'SIGKILL')).toHaveLength(2);
    await exited;
    expect(memoryOf(pid)).toBeUndefined();
  });
});
