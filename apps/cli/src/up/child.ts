import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { places } from './places.ts';

/** One line that a started process prints: progress while it boots, then ready once with what others need. */
export type ReadyLine = Readonly<Record<string, unknown>> & { readonly event: 'ready' };

export interface ChildOptions {
  readonly name: string;
  readonly entry: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly logFile: string;
  readonly onProgress: (message: string) => void;
}

/** A started process of the stack. Its standard input stays open: its end tells the child that we are gone. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  /** Resolves with the ready line; rejects, with the last lines of the log, when the process ends before. */
  readonly ready: Promise<ReadyLine>;
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** SIGTERM, and SIGKILL after `graceMs`. Resolves when the process is gone. */
  stop(graceMs?: number): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

/**
 * A small young generation (MB), and an old one that is cleaned when it has doubled rather than grown fourfold: these processes wait
 * most of the time, and a laptop pays for their memory.
 */
export const memoryFlags = ['--max-semi-space-size=4', '--heap-growing-percent=100'];

/** Starts `node ENTRY ARGS`, reads its JSON lines, and keeps everything it prints in the log file. */
export function startChild(options: ChildOptions): Child {
  const log = createWriteStream(options.logFile, { flags: 'a', mode: 0o600 });
  const child = spawn(process.execPath, [...memoryFlags, options.entry, ...options.args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { NODE_COMPILE_CACHE: places.compiled, ...process.env, ...options.env },
    // A terminal's Ctrl-C must reach the supervisor only; it stops the others in order.
    detached: true,
  });
  // A child that is gone makes the pipe to it fail; its exit is what is acted on.
  child.stdin?.on('error', () => {});
  const tail: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => {
    log.write(chunk);
    remember(tail, chunk.toString());
  });
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('error', (error) => {
      remember(tail, error.message);
      resolve({ code: null, signal: null });
    });
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const ready = readReadyLine({ child, log, tail, options, exited });
  ready.catch(() => {});
  return {
    name: options.name,
    pid: child.pid ?? -1,
    ready,
    exited,
    kill: (signal) => void child.kill(signal),
    stop: (graceMs = 10_000) => stopChild(child, exited, graceMs),
  };
}

interface Reading {
  readonly child: ChildProcess;
  readonly log: WriteStream;
  readonly tail: string[];
  readonly options: ChildOptions;
  readonly exited: Child['exited'];
}

function readReadyLine({ child, log, tail, options, exited }: Reading): Promise<ReadyLine> {
  return new Promise((resolve, reject) => {
    if (child.stdout)
      createInterface({ input: child.stdout }).on('line', (line) => {
        log.write(`${line}\n`);
        const message = parseLine(line);
        if (message?.['event'] === 'ready') resolve(message as ReadyLine);
        else if (message?.['event'] === 'progress') options.onProgress(String(message['message']));
        else remember(tail, line);
      });
    void exited.then(({ code, signal }) =>
      reject(
        new Error(
          `${options.name} ended before it was ready (${signal ?? `exit ${code}`}); its log is ${options.logFile}` +
            (tail.length > 0 ? `\n  ${tail.slice(-8).join('\n  ')}` : ''),
        ),
      ),
    );
  });
}

function parseLine(line: string): Record<string, unknown> | null {
  if (!line.startsWith('{')) return null;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return null;
  }
}

function remember(tail: string[], text: string): void {
  tail.push(...text.split('\n').filter((line) => line.trim() !== ''));
  tail.splice(0, Math.max(0, tail.length - 40));
}

async function stopChild(child: ChildProcess, exited: Child['exited'], graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await exited;
  clearTimeout(timer);
}
