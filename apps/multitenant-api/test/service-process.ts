import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';

const compileCache = join(tmpdir(), 'multitenant-api-compile-cache');

/** Flags with which a process answers `askProcess`. */
export const answering: readonly string[] = [
  '--expose-gc',
  `--import=${new URL('./answer-parent.ts', import.meta.url).href}`,
];

/** Asks a process that was started with `answering`. */
export async function askProcess<T>({ child }: ServiceProcess, question: 'modules' | 'heap'): Promise<T> {
  child.send(question);
  const [answer] = await once(child, 'message');
  return answer as T;
}

/** The service as a process of its own. */
export interface ServiceProcess {
  readonly child: ChildProcess;
  readonly url: string;
  log(): string;
  /** Its exit code; null when a signal ended it. */
  readonly exit: Promise<number | null>;
}

/** Starts it with `env` and `flags` of Node, and waits until it listens or ends. `url` is empty when it ended. */
export async function launch(
  env: Record<string, string>,
  flags: readonly string[] = [],
): Promise<ServiceProcess> {
  const main = new URL('../src/main.ts', import.meta.url).pathname;
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [...flags, main], {
    // Compiled code is shared between the processes of the tests: each starts sooner.
    env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: compileCache, ...env, PORT: port },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let log = '';
  child.stdout?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const ended = new AbortController();
  const exit = once(child, 'close').then(([code]) => {
    ended.abort();
    return code as number | null;
  });
  const listens = async (): Promise<boolean> =>
    (await fetch(`${url}/livez`).catch(() => null))?.status === 200;
  while (!ended.signal.aborted && !(await listens())) await sleep(50);
  return { child, url: ended.signal.aborted ? '' : url, log: () => log, exit };
}

/** Starts it and waits until it is ready. Rejects with its log when it is not within 30 s. */
export async function startProcess(
  env: Record<string, string>,
  flags: readonly string[] = [],
): Promise<ServiceProcess> {
  const running = await launch(env, flags);
  for (let tries = 0; tries < 300; tries += 1) {
    if (running.url === '') break;
    const answer = await fetch(`${running.url}/readyz`).catch(() => null);
    if (answer?.status === 200) return running;
    await sleep(100);
  }
  running.child.kill('SIGKILL');
  throw new Error(`the service was not ready within 30 s:\n${running.log()}`);
}
