import { parseArgs } from 'node:util';
import { createLogger } from '#platform';
import { startRecording } from '#recordings';
import { readConfig } from './config.ts';
import { openPlan } from './open-plan.ts';

/**
 * `node record-main.ts --config FILE --out DIR`: writes what can be seen of the configured service, in the recordings' format, until SIGTERM
 * or the end of standard input. Prints one line `{"event":"ready"}` once it watches.
 */
const { values } = parseArgs({ options: { config: { type: 'string' }, out: { type: 'string' } } });
if (values.config === undefined || values.out === undefined) {
  process.stderr.write('expected: record-main.ts --config FILE --out DIR\n');
  process.exit(2);
}

const config = readConfig(values.config, process.env);
const recording = await startRecording({
  config,
  plan: openPlan(config.runbook.file),
  folder: values.out,
  log: createLogger({ level: 'error', name: 'recording' }),
});
let stopping: Promise<void> | null = null;
const stop = (): void => {
  stopping ??= recording.stop().then(() => process.exit(0));
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
process.stdin.on('end', stop).resume();
process.stdout.write(`${JSON.stringify({ event: 'ready' })}\n`);
