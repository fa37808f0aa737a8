import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const tocsin = join(import.meta.dirname, '../apps/cli/bin/tocsin.js');

/** A `tocsin up` under measurement, in a folder of its own. */
export interface StackProcess {
  readonly child: ChildProcess;
  readonly ready: Readonly<Record<string, unknown>>;
  /** From the start of the command to its ready line, milliseconds. */
  readonly bootMs: number;
  stop(): Promise<void>;
}

/** Runs `work` with an empty state folder that is removed afterwards. */
export async function withStateDir<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
  chmodSync(folder, 0o711);
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts `tocsin up --json` and waits for its ready line. Rejects with its output when it ends before. */
export async function startStackProcess(
  stateDir: string,
  flags: readonly string[] = [],
): Promise<StackProcess> {
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    [tocsin, 'up', '--json', '--port', '0', '--state-dir', stateDir, ...flags],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = await new Promise<Record<string, unknown>>((resolve, reject) => {
    const seen: string[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => {
      seen.push(line);
      const message = JSON.parse(line) as Record<string, unknown>;
      if (message['event'] === 'ready') resolve(message);
    });
    void exited.then(() => reject(new Error(`tocsin up ended before it was ready:\n${seen.join('\n')}`)));
  });
  return {
    child,
    ready,
    bootMs: performance.now() - startedAt,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
