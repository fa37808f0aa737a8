import { parseArgs } from 'node:util';
import { createLogger } from '#platform';
import { createApp } from './app.ts';
import { ConfigError, readConfig } from './config.ts';
import { localSignIn } from './local-sign-in.ts';

const { values } = parseArgs({ options: { config: { type: 'string' }, 'tokens-file': { type: 'string' } } });
if (values.config === undefined) fail('expected: main.ts --config FILE [--tokens-file FILE]');

const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

try {
  const config = readConfig(values.config, process.env);
  const { databaseUrl } = config;
  if (databaseUrl === undefined)
    throw new ConfigError(`${values.config}: databaseUrl: missing; expected it there or in DATABASE_URL`);
  const app = await createApp(
    { ...config, databaseUrl },
    {
      log: createLogger({ level: config.logLevel }),
      version: '0.1.0',
      searchPath: config.searchPath,
      progress: (message) => say({ event: 'progress', message }),
    },
  );
  const loginLinks = await localSignIn(app, app.people, values['tokens-file'] ?? null);
  say({ event: 'ready', pid: process.pid, url: app.url, loginLinks, runbookNotice: app.runbookNotice });
  stopWhenAsked(() => app.stop());
} catch (error) {
  fail(error instanceof ConfigError ? error.message : ((error as Error).stack ?? String(error)));
}

/** SIGTERM, SIGINT, or the end of the standard input that a supervisor holds open. */
function stopWhenAsked(stop: () => Promise<void>): void {
  let stopping: Promise<void> | null = null;
  const once = (): void => {
    stopping ??= stop().then(
      () => process.exit(0),
      (error: unknown) => fail(String(error)),
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, once);
  if (!process.stdin.isTTY) process.stdin.on('end', once).resume();
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
