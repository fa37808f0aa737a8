import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { parseConfig, type SandboxConfig } from './config.ts';
import { postgresImage, type ImageProgram } from '#nodes';

/** One JSON object a line on standard output: progress, problem, ready, stopped, failed. */
function tell(event: string, fields: object): void {
  process.stdout.write(`${JSON.stringify({ event, ...fields })}\n`);
}

/** Ends with standard input only where somebody holds the other end; a terminal or /dev/null says nothing. */
function onParentGone(act: () => void): void {
  const input = fs.fstatSync(0);
  if (!input.isFIFO() && !input.isSocket()) return;
  process.stdin.on('end', act).on('error', act).resume();
}

const asked = new AbortController();
const stop = () => asked.abort();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
// The reader of our output may go first; that is no reason to leave processes behind.
process.stdout.on('error', stop);

try {
  const config = parseConfig(process.argv.slice(2));
  onParentGone(stop);
  const postgres = postgresImage(path.join(config.stateDir, 'images'));
  // The slowest part of a first start begins before the rest is even loaded.
  if (!fs.existsSync(path.join(config.stateDir, 'volumes'))) await postgres.unpack();
  try {
    await run(config, postgres);
  } finally {
    await postgres.close();
  }
  tell('stopped', {});
  process.exit(0);
} catch (error) {
  tell('failed', { message: error instanceof Error ? error.message : String(error) });
  process.exit(1);
}

async function run(config: SandboxConfig, postgres: ImageProgram): Promise<void> {
  const { startStage } = await import('./stage.ts');
  const listener = (event: string, message: string) => tell(event, { message });
  const stage = await startStage({ config, postgres, listener, signal: asked.signal });
  tell('ready', stage.description);
  if (!asked.signal.aborted) await once(asked.signal, 'abort');
  await stage.stop();
}
