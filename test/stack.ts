import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Client, createClient } from '@tocsin/contract';

const tocsin = join(import.meta.dirname, '../apps/cli/bin/tocsin.js');

/** What `tocsin up --json` says when it is ready. */
export interface Ready {
  readonly url: string;
  readonly responderPid: number;
  readonly statusPage: string | null;
  readonly kubeconfig: string;
  readonly loginLinks: readonly { readonly person: string; readonly url: string }[];
}

/** A `tocsin up` of a test's own, in a folder that is removed with it. */
export interface Stack {
  readonly child: ChildProcess;
  readonly ready: Ready;
  readonly stateDir: string;
  clientOf(person: string): Client;
  /** Ends it as Ctrl-C would; resolves with the exit code. */
  stop(): Promise<number | null>;
}

export async function startStack(...flags: readonly string[]): Promise<Stack> {
  const stateDir = mkdtempSync(join(tmpdir(), 'tocsin-test-'));
  chmodSync(stateDir, 0o711);
  const child = spawn(
    process.execPath,
    [tocsin, 'up', '--json', '--port', '0', '--state-dir', stateDir, ...flags],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ready = await new Promise<Ready>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line);
      const message = JSON.parse(line) as { event: string };
      if (message.event === 'ready') resolve(message as unknown as Ready);
    });
    void exited.then(() => reject(new Error(`tocsin up ended before it was ready:\n${said.join('\n')}`)));
  });
  const tokens = JSON.parse(readFileSync(join(stateDir, 'tokens.json'), 'utf8')) as Record<string, string>;
  return {
    child,
    ready,
    stateDir,
    clientOf: (person) => createClient({ baseUrl: ready.url, token: tokens[person] ?? '' }),
    stop: async () => {
      child.kill('SIGINT');
      const code = await exited;
      rmSync(stateDir, { recursive: true, force: true });
      return code;
    },
  };
}
