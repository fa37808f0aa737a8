import { spawn, type ChildProcess } from 'node:child_process';
import os from 'node:os';
import { StringDecoder } from 'node:string_decoder';
import type { Writable } from 'node:stream';
import type { LogBuffer } from './log-buffer.ts';
import { inOwnPlace, type OwnPlace } from './own-place.ts';
import { signalTree } from './process-tree.ts';
import { asUser, SETPRIV, type UnixUser } from './setpriv.ts';
import { onTerminal } from './terminal.ts';

/** What somebody who attaches sees of what was written before, in bytes. */
const EARLY_LIMIT = 64 * 1024;

/** A program and its arguments. */
export type Argv = readonly [string, ...string[]];

/** What to run for a container. */
export interface Program {
  argv: Argv;
  /** The whole environment; nothing is inherited. */
  env: Record<string, string>;
  cwd: string;
  /** Run as this user and group; only root can ask for it. */
  user?: UnixUser | undefined;
  /** Keep standard input open; otherwise it is empty. */
  stdin?: boolean | undefined;
  /** Give it a terminal: one output, echo, and keys such as Ctrl-C. */
  tty?: boolean | undefined;
  place?: OwnPlace | undefined;
}

/** Which output of a process. */
export type OutputChannel = 'stdout' | 'stderr';

/** Told of output as it comes. */
export type OutputListener = (channel: OutputChannel, chunk: Buffer) => void;

/** One run of a program as a real process in a session of its own. */
export class ContainerProcess {
  /** Exit code as a shell shows it (128 + signal number when killed). */
  readonly exited: Promise<number>;
  /** The same, once all output was told too. */
  readonly finished: Promise<number>;
  readonly #child: ChildProcess;
  readonly #listeners = new Set<OutputListener>();
  #early: [OutputChannel, Buffer][] = [];

  constructor(program: Program, log?: LogBuffer) {
    const [file, ...args] = wrap(program);
    this.#child = spawn(file, args, {
      cwd: program.cwd,
      env: program.env,
      detached: true,
      stdio: [program.stdin === true ? 'pipe' : 'ignore', 'pipe', 'pipe'],
      ...(SETPRIV === undefined ? program.user : {}),
    });
    if (log !== undefined) this.#record(log);
    for (const channel of ['stdout', 'stderr'] as const)
      this.#child[channel]?.on('data', (chunk: Buffer) => this.#tell(channel, chunk));
    // A program may end before it has read what is written to it.
    this.#child.stdin?.on('error', () => undefined);
    this.exited = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => resolve(exitCode(code, signal)));
      this.#child.once('error', (error) => {
        this.#tell('stderr', Buffer.from(`${error.message}\n`));
        resolve(128);
      });
    });
    const closed = new Promise((resolve) => void this.#child.once('close', resolve));
    this.finished = this.exited.then((code) => closed.then(() => code));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get stdin(): Writable | undefined {
    return this.#child.stdin ?? undefined;
  }

  /** Tells the newest 64 KiB of what was written so far, then what comes. Returns the function that ends it. */
  follow(listener: OutputListener): () => void {
    for (const [channel, chunk] of this.#early) listener(channel, chunk);
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
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

  #tell(channel: OutputChannel, chunk: Buffer): void {
    this.#early.push([channel, chunk]);
    let held = this.#early.reduce((sum, [, part]) => sum + part.length, 0);
    while (held > EARLY_LIMIT) held -= this.#early.shift()?.[1].length ?? held;
    for (const listener of this.#listeners) listener(channel, chunk);
  }

  #record(log: LogBuffer): void {
    const decoders = { stdout: new StringDecoder(), stderr: new StringDecoder() };
    this.follow((channel, chunk) => log.write(channel, decoders[channel].write(chunk), now()));
    this.#child.once('close', () => log.end(now()));
  }
}

/** With setpriv, the kernel ends the process when the sandbox dies, however it dies. */
function wrap(program: Program): Argv {
  const { user, place } = program;
  const argv = program.tty === true ? onTerminal(program.argv) : program.argv;
  const bound: Argv =
    SETPRIV === undefined
      ? argv
      : [SETPRIV, '--pdeathsig', 'KILL', ...(user === undefined ? [] : asUser(user)), '--', ...argv];
  return place === undefined ? bound : inOwnPlace(place, bound);
}

function now(): string {
  return new Date().toISOString();
}

function exitCode(code: number | null, signal: NodeJS.Signals | null): number {
  return signal === null ? (code ?? 0) : 128 + os.constants.signals[signal];
}
