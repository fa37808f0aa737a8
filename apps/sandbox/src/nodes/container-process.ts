import { spawn, type ChildProcess } from 'node:child_process';
import os from 'node:os';
import type { LogBuffer } from './log-buffer.ts';
import { signalTree } from './process-tree.ts';
import { asUser, SETPRIV, type UnixUser } from './setpriv.ts';

/** What to run for a container. */
export interface Program {
  argv: readonly [string, ...string[]];
  /** The whole environment; nothing is inherited. */
  env: Record<string, string>;
  cwd: string;
  /** Run as this user and group; only root can ask for it. */
  user?: UnixUser;
}

/** How a process ended; `code` as a shell shows it (128 + signal number when killed). */
export interface ProcessExit {
  code: number;
  signal: NodeJS.Signals | null;
}

/** One run of a container's program as a real process in a session of its own. */
export class ContainerProcess {
  readonly exited: Promise<ProcessExit>;
  readonly #child: ChildProcess;

  constructor(program: Program, log: LogBuffer) {
    const [file, ...args] = wrap(program);
    this.#child = spawn(file, args, {
      cwd: program.cwd,
      env: program.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(SETPRIV === undefined ? program.user : {}),
    });
    this.#capture(log);
    this.exited = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => resolve({ code: exitCode(code, signal), signal }));
      this.#child.once('error', (error) => {
        log.write('stderr', `${error.message}\n`, new Date().toISOString());
        resolve({ code: 128, signal: null });
      });
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Signals the main process alone, as a container runtime does. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Ends the main process and everything that it started. */
  killTree(): void {
    if (this.#child.pid !== undefined && this.#child.exitCode === null)
      signalTree(this.#child.pid, 'SIGKILL');
  }

  #capture(log: LogBuffer): void {
    const { stdout, stderr } = this.#child;
    stdout
      ?.setEncoding('utf8')
      .on('data', (text: string) => log.write('stdout', text, new Date().toISOString()));
    stderr
      ?.setEncoding('utf8')
      .on('data', (text: string) => log.write('stderr', text, new Date().toISOString()));
    this.#child.once('close', () => log.end(new Date().toISOString()));
  }
}

/** With setpriv, the kernel ends the process when the sandbox dies, however it dies. */
function wrap({ argv, user }: Program): readonly [string, ...string[]] {
  if (SETPRIV === undefined) return argv;
  return [SETPRIV, '--pdeathsig', 'KILL', ...(user === undefined ? [] : asUser(user)), '--', ...argv];
}

function exitCode(code: number | null, signal: NodeJS.Signals | null): number {
  return signal === null ? (code ?? 0) : 128 + os.constants.signals[signal];
}
