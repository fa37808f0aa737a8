import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missesButTime, runDrill } from './run-drill.ts';
import { type Stack, startStack } from './stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(async () => {
  await stack?.stop();
});

const kubectl = (...args: readonly string[]): string =>
  execFileSync('kubectl', ['--kubeconfig', stack.ready.kubeconfig, ...args], { encoding: 'utf8' });

describe('tocsin up', { timeout: 180_000 }, () => {
  it('watches a quiet platform of three API pods on three nodes', async () => {
    expect(
      kubectl('get', 'pods', '-n', 'platform', '-l', 'app=multitenant-api', '--no-headers')
        .trim()
        .split('\n'),
    ).toHaveLength(3);
    await expect
      .poll(async () => (await stack.clientOf('primary').status()).verdict, { timeout: 30_000 })
      .toBe('quiet');
    const status = await stack.clientOf('primary').status();
    expect(status.nodes).toEqual({ total: 3, ready: 3 });
    expect(status.openIncidents).toEqual([]);
  });

  it('shows its customers how it stands, on a page of its own', async () => {
    const page = String(stack.ready.statusPage);
    await expect
      .poll(async () => (await fetch(page)).text(), { timeout: 60_000 })
      .toMatch(/All systems operational[^]*Data API/);
  });

  it('opens nothing during a normal rollout restart under traffic', async () => {
    kubectl('rollout', 'restart', 'deployment/multitenant-api', '-n', 'platform');
    kubectl('rollout', 'status', 'deployment/multitenant-api', '-n', 'platform', '--timeout=90s');
    // The old pods are still ending: what they might break shows within the window of the detectors.
    await sleep(15_000);
    expect(await stack.clientOf('primary').listIncidents()).toEqual([]);
  });

  it('continues on its own after kill -9 of the responder', async () => {
    const before = runFile().responderPid;
    process.kill(before, 'SIGKILL');
    await expect.poll(() => runFile().responderPid, { timeout: 30_000 }).not.toBe(before);
    await expect
      .poll(
        () =>
          stack
            .clientOf('primary')
            .me()
            .catch(() => null),
        { timeout: 30_000 },
      )
      .toMatchObject({ id: 'primary' });
  });

  it('gets its database back after kill -9 of PostgreSQL, and says meanwhile that it is away', async () => {
    const [pid] = readFileSync(`${stack.stateDir}/database/postmaster.pid`, 'utf8').split('\n');
    process.kill(Number(pid), 'SIGKILL');
    await expect
      .poll(
        () =>
          stack
            .clientOf('primary')
            .listIncidents()
            .catch(() => null),
        { timeout: 30_000 },
      )
      .toEqual([]);
    await expect
      .poll(async () => (await stack.clientOf('primary').status()).verdict, { timeout: 30_000 })
      .toBe('quiet');
  });

  it(
    'carries one drill after another, and nothing opens when a fault is lifted',
    { timeout: 300_000 },
    async () => {
      for (const round of [1, 2]) {
        const drill = await runDrill('--approve', '--hold', '5s', '--state-dir', stack.stateDir);
        expect({ round, misses: missesButTime(drill) }).toEqual({ round, misses: [] });
      }
      await sleep(15_000);
      expect(await stack.clientOf('primary').listIncidents()).toHaveLength(2);
    },
  );

  it('leaves no process behind at Ctrl-C', async () => {
    const before = processesNaming(stack.stateDir);
    expect(before.length).toBeGreaterThan(3);
    expect(await stack.stop()).toBe(0);
    expect(processesNaming(stack.stateDir)).toEqual([]);
  });
});

const runFile = () =>
  JSON.parse(readFileSync(`${stack.stateDir}/run.json`, 'utf8')) as { responderPid: number };

/** Command lines of living processes that name the folder. */
function processesNaming(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => commandLine(pid))
    .filter((line) => line.includes(folder));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
