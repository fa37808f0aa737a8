import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { assert as check, asyncProperty, constantFrom, oneof, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Limiter } from './limiter.ts';
import { checkPipeline, runPipeline, type Runner, type RunOptions, type RunResult } from './run-pipeline.ts';
import { isProgramName } from './allowed-programs.ts';

/** Node stands in as the program `kubectl`: a real process with real pipes. */
const runner: Runner = {
  programs: { kubectl: process.execPath, curl: null, psql: null, 'redis-cli': null },
  kubeconfig: '/nowhere/kubeconfig',
  apiServer: { host: '10.0.0.1', port: '443' },
  home: mkdtempSync(join(tmpdir(), 'tocsin-run-')),
  limiter: new Limiter(4),
  yields: false,
};

async function run(
  script: string,
  options: { filters?: string[][]; args?: string[] } & Partial<RunOptions> = {},
): Promise<RunResult> {
  const { filters = [], args = [], ...rest } = options;
  const checked = checkPipeline(runner, [['kubectl', '-e', script, '--', ...args], ...filters]);
  if (checked.problem !== undefined) throw new Error(checked.problem);
  return runPipeline(runner, checked, { limitMs: 20_000, signal: new AbortController().signal, ...rest });
}

function lives(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

const parentAndChild = `
  const { spawn } = require('node:child_process');
  process.on('SIGTERM', () => {});
  const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)']);
  console.log(JSON.stringify([process.pid, child.pid]));
  if (process.argv[1]) require('node:fs').writeFileSync(process.argv[1], 'up');
  setInterval(() => {}, 1000);`;

/** Resolves when the file is there, however slow this machine is. */
async function untilThere(file: string): Promise<void> {
  while (!existsSync(file)) await pause(20);
}

describe('a pipeline without a shell', () => {
  test('output goes through the filters, the exit code is the last one', async () => {
    const result = await run('for (const x of ["b","a","b"]) console.log(x)', {
      filters: [
        ['sort', '-u'],
        ['head', '-1'],
      ],
    });
    expect(result).toMatchObject({ stdout: 'a\n', exitCode: 0, end: { kind: 'exited', exitCode: 0 } });
    expect(await run('console.log("ok")', { filters: [['grep', 'error']] })).toMatchObject({
      exitCode: 1,
      stdout: '',
    });
    expect(await run('process.exit(3)')).toMatchObject({ exitCode: 3 });
  });

  test('head closes the pipe of a program that never ends', async () => {
    const result = await run('setInterval(() => console.log("line"), 1)', { filters: [['head', '-2']] });
    expect(result).toMatchObject({ stdout: 'line\nline\n', end: { kind: 'pipe-closed' } });
  });

  test('the environment is PATH, HOME and KUBECONFIG, nothing else', async () => {
    const result = await run('console.log(JSON.stringify(Object.keys(process.env).sort()))');
    expect(JSON.parse(result.stdout)).toEqual(['HOME', 'KUBECONFIG', 'PATH']);
  });

  test('the limit ends the whole tree, also one that ignores SIGTERM', async () => {
    const result = await run(parentAndChild, { limitMs: 4000 });
    expect(result.end).toEqual({ kind: 'timed-out' });
    for (const pid of JSON.parse(result.stdout) as number[])
      await expect.poll(() => lives(pid), { message: `pid ${pid}` }).toBe(false);
  });

  test('what has waited for its turn has less time, within what both may take, but 3 s', async () => {
    const narrow = { ...runner, limiter: new Limiter(1) };
    const { signal } = new AbortController();
    const checked = checkPipeline(narrow, [['kubectl', '-e', 'setTimeout(() => {}, 600)']]);
    if (checked.problem !== undefined) throw new Error(checked.problem);
    const one = (withinMs?: number) =>
      runPipeline(narrow, checked, {
        limitMs: 20_000,
        signal,
        ...(withinMs === undefined ? {} : { withinMs }),
      });
    const [first, second, third, free] = await Promise.all([one(10_000), one(10_000), one(500), one()]);
    expect(first.limitMs).toBeGreaterThan(second.limitMs);
    expect(second.limitMs).toBeLessThanOrEqual(9500);
    expect([third.limitMs, free.limitMs]).toEqual([3000, 20_000]);
  });

  test('cancelling ends the whole tree', async () => {
    const cancel = new AbortController();
    const up = join(runner.home, 'up');
    const running = run(parentAndChild, { signal: cancel.signal, args: [up] });
    await untilThere(up);
    // What was printed before the file was written is on its way through the pipe.
    await pause(100);
    cancel.abort();
    const result = await running;
    expect(result.end).toEqual({ kind: 'cancelled' });
    // Killed by now; when the system has cleared an orphan away is the system's.
    for (const pid of JSON.parse(result.stdout) as number[])
      await expect.poll(() => lives(pid), { message: `pid ${pid}` }).toBe(false);
  });

  test('1 MB is kept, the rest is counted', async () => {
    const result = await run('process.stdout.write("x".repeat(3 * 1024 * 1024))');
    expect(result.stdout.length).toBe(1024 * 1024);
    expect(result).toMatchObject({ bytes: 3 * 1024 * 1024, droppedBytes: 2 * 1024 * 1024 });
  });

  test('a hostile argument stays one argument', async () => {
    const script = 'console.log(JSON.stringify(process.argv.slice(1)))';
    await check(
      asyncProperty(
        oneof(
          string({ unit: 'binary', maxLength: 20 }).filter((text) => !text.includes('\0')),
          constantFrom('$(id)', '; rm -rf /', '`id`', 'a b', '--force', '| cat', '> x', '\n', '"', "'"),
        ),
        async (value) => {
          const result = await run(script, { args: [value, 'last'] });
          expect(JSON.parse(result.stdout)).toEqual([Buffer.from(value).toString(), 'last']);
        },
      ),
      { numRuns: 12 },
    );
  });

  test('no child of this process is a shell while pipelines run', async () => {
    const running = [
      run('setTimeout(() => {}, 800)'),
      run('setTimeout(() => {}, 800)', { filters: [['grep', 'x']] }),
    ];
    const seen: string[] = [];
    for (let round = 0; round < 8; round++) {
      seen.push(...childrenOf(process.pid));
      await pause(80);
    }
    await Promise.all(running);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.filter((name) => /^(?:sh|bash|dash|zsh|busybox)$/.test(name))).toEqual([]);
  });
});

/** Names of all descendants, from /proc. */
function childrenOf(root: number): string[] {
  const parents = new Map<number, { parent: number; name: string }>();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const match = /^\d+ \((.*)\) \S (\d+)/s.exec(stat);
      if (match) parents.set(Number(entry), { name: match[1] ?? '', parent: Number(match[2]) });
    } catch {
      // It ended while we looked.
    }
  }
  const below = (pid: number): boolean => {
    const parent = parents.get(pid)?.parent;
    return parent !== undefined && (parent === root || (parent > 1 && below(parent)));
  };
  return [...parents].filter(([pid]) => below(pid)).map(([, one]) => one.name);
}

test.each([
  [[['sh', '-c', 'id']], 'program "sh" is not allowed'],
  [[['/usr/bin/kubectl', 'get']], 'is not allowed'],
  [[['curl', 'http://x']], 'curl is not installed'],
  [
    [
      ['kubectl', 'get'],
      ['awk', '1'],
    ],
    'filter "awk" is not known',
  ],
  [[['kubectl', 'a\0b']], 'NUL byte'],
  [[], 'program "" is not allowed'],
])('%j is refused before anything starts', (pipeline, reason) => {
  expect(checkPipeline(runner, pipeline).problem).toContain(reason);
});

test('only four names are programs', () => {
  expect(['kubectl', 'curl', 'psql', 'redis-cli', 'bash', 'constructor', ''].filter(isProgramName)).toEqual([
    'kubectl',
    'curl',
    'psql',
    'redis-cli',
  ]);
});

describe('inside a pod', () => {
  const told = `console.log(JSON.stringify(Object.fromEntries(Object.entries(process.env).filter(([name]) => /^KUBE/.test(name)))))`;
  async function environment(over: Partial<Runner>): Promise<unknown> {
    const own = { ...runner, ...over };
    const checked = checkPipeline(own, [['kubectl', '-e', told]]);
    if (checked.problem !== undefined) throw new Error(checked.problem);
    const signal = new AbortController().signal;
    return JSON.parse((await runPipeline(own, checked, { limitMs: 20_000, signal })).stdout);
  }

  test('kubectl is told where the API is, and nothing of it where there is a kubeconfig', async () => {
    expect(await environment({ kubeconfig: null })).toEqual({
      KUBERNETES_SERVICE_HOST: '10.0.0.1',
      KUBERNETES_SERVICE_PORT: '443',
    });
    expect(await environment({})).toEqual({ KUBECONFIG: '/nowhere/kubeconfig' });
  });
});
