import { spawn } from 'node:child_process';
import type { Command } from 'commander';
import { readSandbox } from '../drill/sandbox-client.ts';
import { places } from '../up/places.ts';
import { findRunning, openStateDir } from '../up/state.ts';

interface SandboxFlags {
  readonly stateDir: string;
  readonly json?: boolean;
}

/** `tocsin sandbox up|down|status|kubeconfig`: the stage alone, without a responder. */
export function registerSandbox(program: Command): void {
  const sandbox = program
    .command('sandbox')
    .description('the process-backed Kubernetes for drills and the first run');
  const sub = (name: string, about: string): Command =>
    sandbox
      .command(name)
      .description(about)
      .option('--state-dir <dir>', 'state folder', '.tocsin')
      .option('--json', 'print JSON');
  sub('up', 'start it alone and stay until Ctrl-C').action(up);
  sub('down', 'stop the running one').action(down);
  sub('status', 'what runs where').action(status);
  sub('kubeconfig', 'print the path of its kubeconfig').action((flags: SandboxFlags) =>
    console.log(describe(flags).kubeconfig),
  );
}

function describe(flags: SandboxFlags): ReturnType<typeof readSandbox> {
  try {
    return readSandbox(`${openStateDir(flags.stateDir).sandboxDir}/sandbox.json`);
  } catch (cause) {
    throw new Error(
      `no sandbox has run on ${flags.stateDir}; start it with "tocsin up" or "tocsin sandbox up"`,
      { cause },
    );
  }
}

async function up(flags: SandboxFlags): Promise<void> {
  const state = openStateDir(flags.stateDir);
  const running = findRunning(state);
  if (running)
    throw new Error(
      `already running on ${state.path} as part of "tocsin up" (process ${running.supervisorPid})`,
    );
  const child = spawn(process.execPath, [places.sandbox, '--state-dir', state.sandboxDir], {
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { NODE_COMPILE_CACHE: places.compiled, ...process.env },
    detached: true,
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill('SIGTERM'));
  process.exitCode = await new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

function down(flags: SandboxFlags): void {
  const { pid } = describe(flags);
  try {
    process.kill(pid, 'SIGTERM');
    console.log(flags.json ? JSON.stringify({ stopped: pid }) : `asked process ${pid} to stop`);
  } catch {
    console.log(flags.json ? JSON.stringify({ stopped: null }) : 'it was not running');
  }
}

async function status(flags: SandboxFlags): Promise<void> {
  const { control } = describe(flags);
  const response = await fetch(`${control.url}/status`, {
    headers: { authorization: `Bearer ${control.token}` },
    signal: AbortSignal.timeout(5000),
  }).catch((cause: unknown) => {
    throw new Error('the sandbox does not answer: it is not running', { cause });
  });
  console.log(JSON.stringify(await response.json(), null, flags.json ? 0 : 2));
}
