import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { Capture } from './capture.ts';
import { endProcessTree } from './end-process-tree.ts';

/** One program to start: an absolute path and its arguments. No shell is involved, ever. */
export interface ProcessSpec {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly limitMs: number;
  /** Runs at a lower priority than pages, changes and their dry runs. */
  readonly yields: boolean;
  /** Aborting ends the process tree. */
  readonly signal: AbortSignal;
  /** Takes the standard output as it comes; `done` closes the pipe and ends the process. */
  readonly onOutput: (chunk: Buffer) => 'more' | 'done';
}

/** Why a process ended. */
export type ProcessEnd =
  | { readonly kind: 'exited'; readonly exitCode: number | null; readonly signal: string | null }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'cancelled' }
  /** The reader had enough, as `head` has. */
  | { readonly kind: 'pipe-closed' }
  | { readonly kind: 'cannot-start'; readonly message: string };

/** How it ended and what it wrote to standard error. Does not throw. */
export interface ProcessResult {
  readonly end: ProcessEnd;
  readonly stderr: string;
  readonly pid: number | null;
}

const stderrBytes = 64 * 1024;

/** Runs one process in its own process group and waits until the whole group has ended. */
export async function runProcess(spec: ProcessSpec): Promise<ProcessResult> {
  const errors = new Capture(stderrBytes);
  if (spec.signal.aborted) return { end: { kind: 'cancelled' }, stderr: '', pid: null };
  const child = spawn(spec.file, [...spec.args], {
    env: { ...spec.env },
    cwd: spec.cwd,
    detached: true,
    shell: false,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (spec.yields) lowerPriority(child.pid);
  let early: ProcessEnd | null = null;
  let ending: Promise<void> | null = null;
  const endEarly = (why: ProcessEnd): void => {
    early ??= why;
    if (child.pid !== undefined) ending ??= endProcessTree(child.pid);
    // A grandchild that left the group may hold the pipes open; nobody reads them any more.
    void ending?.then(() => closePipes(child));
  };
  child.stderr.on('data', (chunk: Buffer) => errors.add(chunk));
  child.stdout.on('data', (chunk: Buffer) => {
    if (early === null && spec.onOutput(chunk) === 'done') endEarly({ kind: 'pipe-closed' });
  });
  const timer = setTimeout(() => endEarly({ kind: 'timed-out' }), spec.limitMs);
  const onAbort = (): void => endEarly({ kind: 'cancelled' });
  spec.signal.addEventListener('abort', onAbort, { once: true });
  const ended = await waitForEnd(child);
  clearTimeout(timer);
  spec.signal.removeEventListener('abort', onAbort);
  // Also after a normal exit: nothing that the program left behind survives it.
  if (child.pid !== undefined) await (ending ?? endProcessTree(child.pid));
  return { end: early ?? ended, stderr: errors.result().text, pid: child.pid ?? null };
}

function lowerPriority(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already, or this machine has no priorities.
  }
}

function closePipes(child: ReturnType<typeof spawn>): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
}

async function waitForEnd(child: ReturnType<typeof spawn>): Promise<ProcessEnd> {
  try {
    const [exitCode, signal] = (await once(child, 'close')) as [number | null, string | null];
    return { kind: 'exited', exitCode, signal };
  } catch (error) {
    return { kind: 'cannot-start', message: (error as Error).message };
  }
}
