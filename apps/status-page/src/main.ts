import { parseArgs } from 'node:util';
import { readConfig } from './config.ts';
import { logToStderr } from './log.ts';
import { startStatusPage } from './start-status-page.ts';

const { values } = parseArgs({ options: { config: { type: 'string' }, keep: { type: 'string' } } });
if (values.config === undefined) fail('expected: main.ts --config FILE [--keep FILE]');

try {
  const config = readConfig(values.config, process.env);
  const page = await startStatusPage({ config, keepFile: values.keep ?? null, log: logToStderr });
  process.stdout.write(`${JSON.stringify({ event: 'ready', pid: process.pid, url: page.url })}\n`);
  stopWhenAsked(page.stop);
} catch (error) {
  fail((error as Error).message);
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
