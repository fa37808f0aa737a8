import { readFileSync } from 'node:fs';
import { type Client, createClient } from '@tocsin/contract';
import type { Command } from 'commander';
import { z } from 'zod';
import { findRunning, openStateDir, type RunFile } from './up/state.ts';

/** Options that every command talking to a responder takes. */
export interface ConnectOptions {
  readonly stateDir: string;
  readonly url?: string;
  readonly token?: string;
  readonly as: string;
  readonly json?: boolean;
}

export function withConnection(command: Command): Command {
  return command
    .option('--state-dir <dir>', 'state folder of the running "tocsin up"', '.tocsin')
    .option('--url <url>', 'another responder (with TOCSIN_TOKEN or --token)')
    .option('--token <token>', 'API token')
    .option('--as <person>', 'whose local token to use', 'primary')
    .option('--json', 'print JSON');
}

const tokensSchema = z.record(z.string(), z.string());

/** A client for the responder that the options mean. Throws with what to do when there is none. */
export function connect(options: ConnectOptions): Client {
  const token = options.token ?? process.env['TOCSIN_TOKEN'];
  if (options.url !== undefined) {
    if (token === undefined)
      throw new Error(`--url ${options.url}: a token is needed; expected --token or TOCSIN_TOKEN`);
    return createClient({ baseUrl: options.url, token });
  }
  const run = findRunning(openStateDir(options.stateDir));
  if (run === null)
    throw new Error(
      `no "tocsin up" runs on ${options.stateDir}; start it, or name another responder with --url`,
    );
  return clientOf(run, options.as, token);
}

/** A client for a local stack that acts as one of its people. */
export function clientOf(run: Pick<RunFile, 'url' | 'tokensFile'>, person: string, token?: string): Client {
  return createClient({ baseUrl: run.url, token: token ?? tokenOf(run.tokensFile, person) });
}

function tokenOf(file: string, person: string): string {
  const tokens = tokensSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const token = tokens[person];
  if (token === undefined)
    throw new Error(
      `--as ${person}: nobody with a local token; expected one of ${Object.keys(tokens).join(', ')}`,
    );
  return token;
}
