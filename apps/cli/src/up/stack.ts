import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import { type Child, startChild } from './child.ts';
import { checkRunbook } from './check-runbook.ts';
import { buildConsole } from './console-build.ts';
import { freePort, isFree } from './free-port.ts';
import { places } from './places.ts';
import { keepAlive, type Supervised } from './keep-alive.ts';
import { sandboxConfig, type SandboxReady, sandboxReadySchema } from './sandbox-config.ts';
import { removeRunFile, type StateDir, writeRunFile } from './state.ts';

export interface StackOptions {
  readonly state: StateDir;
  /** A configuration file for a real cluster; null starts the sandbox. */
  readonly config: string | null;
  readonly runbook: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly onProgress: (message: string) => void;
  /** Gives up a start that is under way: what has been started is stopped at once. */
  readonly signal?: AbortSignal;
}

const responderReadySchema = z.object({
  url: z.string(),
  loginLinks: z.array(z.object({ person: z.string(), url: z.string() })),
  /** What everybody should know about the runbook; null when its file is in use as it is. */
  runbookNotice: z.string().nullable(),
});
export type ResponderReady = z.infer<typeof responderReadySchema>;

/** A running stack: the responder, its database, and the sandbox when there is one. */
export interface Stack {
  readonly responder: ResponderReady;
  readonly sandbox: SandboxReady | null;
  /** Where the status page listens; null when it could not be started, which stops nothing else. */
  readonly statusPage: string | null;
  /** Resolves when a part that cannot be started again has ended, with the reason. */
  readonly broken: Promise<string>;
  responderPid(): number;
  stop(): Promise<void>;
}

/** Starts database, sandbox and console build side by side, then the responder. Stops what it started when one fails. */
export async function startStack(options: StackOptions): Promise<Stack> {
  if (options.config === null) await checkBeforeStart(options);
  const started: { stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    removeRunFile(options.state);
    // The responder goes first: it must not watch its own platform being taken down.
    for (const part of started.toReversed()) await part.stop();
  };
  options.signal?.addEventListener('abort', () => void stop());
  try {
    const sandboxChild = options.config === null ? startSandbox(options, started) : null;
    const database = startDatabase(options, started);
    const [sandbox, databaseUrl] = await Promise.all([
      sandboxChild?.ready.then((line) => sandboxReadySchema.parse(line)) ?? null,
      database,
      options.onProgress('console: looking for the built pages'),
      buildConsole(options.onProgress),
    ]);
    const config = options.config ?? (await writeSandboxConfig(options, sandbox));
    const responder = await startResponder(options, started, { sandbox, databaseUrl, config });
    const statusPage = await startStatusPage(options, started, { databaseUrl, config });
    const broken = Promise.race([
      responder.givenUp,
      ...(sandboxChild
        ? [sandboxChild.exited.then(() => `the sandbox ended; its log is ${options.state.log('sandbox')}`)]
        : []),
    ]);
    return {
      responder: responderReadySchema.parse(responder.firstReady),
      sandbox,
      statusPage,
      broken,
      responderPid: responder.pid,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What would only show after the sandbox has booted is said at once. */
async function checkBeforeStart({ runbook, port, state, onProgress }: StackOptions): Promise<void> {
  const warning = checkRunbook(runbook, state);
  if (warning !== null) onProgress(`WARNING: ${warning}`);
  if (port !== 0 && !(await isFree(port)))
    throw new Error(`port ${port} of 127.0.0.1 is taken; free it, or choose another with --port`);
}

type Started = { stop(): Promise<void> }[];

function startSandbox(options: StackOptions, started: Started): Child {
  const child = startChild({
    name: 'sandbox',
    entry: places.sandbox,
    args: ['--state-dir', options.state.sandboxDir],
    logFile: options.state.log('sandbox'),
    onProgress: (message) => options.onProgress(`sandbox: ${message}`),
  });
  started.push(child);
  return child;
}

async function startDatabase(options: StackOptions, started: Started): Promise<string> {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined && options.config !== null) return given;
  const port = await freePort();
  const child = await keepAlive({
    name: 'database',
    entry: places.database,
    args: [options.state.databaseDir, String(port)],
    logFile: options.state.log('database'),
    onProgress: (message) => options.onProgress(`database: ${message}`),
  });
  started.push(child);
  return z.string().parse(child.firstReady['url']);
}

async function startResponder(
  options: StackOptions,
  started: Started,
  { sandbox, databaseUrl, config }: { sandbox: SandboxReady | null; databaseUrl: string; config: string },
): Promise<Supervised> {
  const url: string[] = [];
  const child = await keepAlive({
    name: 'responder',
    entry: places.responder,
    args: ['--config', config, '--tokens-file', options.state.tokensFile],
    env: {
      DATABASE_URL: databaseUrl,
      TOCSIN_CONSOLE_DIR: places.console,
    },
    logFile: options.state.log('responder'),
    onProgress: (message) => options.onProgress(`responder: ${message}`),
    onStarted: (pid, ready) => {
      url[0] = ready === null ? (url[0] ?? '') : String(ready['url']);
      writeRunFile(options.state, {
        supervisorPid: process.pid,
        responderPid: pid,
        url: url[0],
        config,
        tokensFile: options.state.tokensFile,
        sandboxFile: sandbox === null ? null : `${options.state.sandboxDir}/sandbox.json`,
      });
    },
  });
  started.push(child);
  return child;
}

/** A process of its own: a storm of visitors reaches nothing that pages. */
async function startStatusPage(
  options: StackOptions,
  started: Started,
  { databaseUrl, config }: { databaseUrl: string; config: string },
): Promise<string | null> {
  try {
    const child = await keepAlive({
      name: 'status page',
      entry: places.statusPage,
      args: ['--config', config, '--keep', options.state.statusPageFile],
      env: { DATABASE_URL: databaseUrl },
      logFile: options.state.log('status-page'),
      onProgress: (message) => options.onProgress(`status page: ${message}`),
    });
    started.push(child);
    return z.string().parse(child.firstReady['url']);
  } catch (error) {
    options.onProgress(`WARNING: ${(error as Error).message}`);
    return null;
  }
}

async function writeSandboxConfig(options: StackOptions, sandbox: SandboxReady | null): Promise<string> {
  if (sandbox === null) throw new Error('no sandbox and no configuration: nothing to watch');
  const port = options.port || (await freePort());
  const statusPagePort = options.port !== 0 && (await isFree(port + 1)) ? port + 1 : await freePort();
  const runbook = resolve(options.runbook);
  const config = sandboxConfig({ sandbox, runbook, port, statusPagePort });
  writeFileSync(
    options.state.config,
    `# Written by "tocsin up" for the sandbox at every start.\n${stringify(config)}`,
    { mode: 0o600 },
  );
  return options.state.config;
}
