import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const runFileSchema = z.object({
  supervisorPid: z.number().int(),
  responderPid: z.number().int(),
  url: z.string(),
  config: z.string(),
  tokensFile: z.string(),
  sandboxFile: z.string().nullable(),
});

/** What a running stack tells the other commands; rewritten when the responder is started again. */
export type RunFile = z.infer<typeof runFileSchema>;

/** The state folder and its places. Everything that outlives a process lies here. */
export interface StateDir {
  readonly path: string;
  readonly runFile: string;
  readonly config: string;
  readonly tokensFile: string;
  readonly databaseDir: string;
  readonly sandboxDir: string;
  /** The status page's last snapshot. */
  readonly statusPageFile: string;
  log(name: string): string;
}

/** Makes the folder where it is missing, for its owner only. */
export function openStateDir(path: string): StateDir {
  const root = resolve(path);
  try {
    makeFolders(root);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'error';
    throw new Error(
      `--state-dir ${path}: cannot be made (${code}); expected a folder that you may write to`,
      { cause },
    );
  }
  return {
    path: root,
    runFile: join(root, 'run.json'),
    config: join(root, 'tocsin.yaml'),
    tokensFile: join(root, 'tokens.json'),
    databaseDir: join(root, 'database'),
    sandboxDir: join(root, 'sandbox'),
    statusPageFile: join(root, 'status-page.json'),
    log: (name) => join(root, 'logs', `${name}.log`),
  };
}

function makeFolders(root: string): void {
  // Readable by others as a path only: PostgreSQL runs as another user when started by root.
  mkdirSync(root, { recursive: true, mode: 0o711 });
  mkdirSync(join(root, 'logs'), { recursive: true, mode: 0o700 });
}

/** The stack that runs on this folder, or null when none does. */
export function findRunning(state: Pick<StateDir, 'runFile'>): RunFile | null {
  let text: string;
  try {
    text = readFileSync(state.runFile, 'utf8');
  } catch {
    return null;
  }
  const parsed = runFileSchema.safeParse(JSON.parse(text));
  return parsed.success && isAlive(parsed.data.supervisorPid) ? parsed.data : null;
}

/** Writes the run file in one step, so that no reader sees half of it. */
export function writeRunFile(state: StateDir, run: RunFile): void {
  const temporary = `${state.runFile}.${process.pid}`;
  writeFileSync(temporary, `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, state.runFile);
}

export function removeRunFile(state: StateDir): void {
  rmSync(state.runFile, { force: true });
}

/** Whether a process with this number exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
