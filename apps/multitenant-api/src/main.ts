import { createApp } from './app.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { drain } from './drain.ts';
import { prepare } from './prepare.ts';

function configOrExit(): Config {
  try {
    return readConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}

const config = configOrExit();
const app = await createApp(config);
const stopping = new AbortController();

/** The exit codes of a process that such a signal ends. */
const codes: Record<string, number> = { SIGINT: 130, SIGTERM: 143 };

async function leave(signal: string): Promise<void> {
  if (stopping.signal.aborted) {
    app.log.warn({ signal }, 'told to stop again: leaving at once');
    process.exit(codes[signal]);
  }
  stopping.abort();
  app.log.info({ signal }, 'told to stop');
  process.exit(await drain(config, app));
}
process.on('SIGTERM', (signal) => void leave(signal));
process.on('SIGINT', (signal) => void leave(signal));

await app.http.listen({ host: config.HOST, port: config.PORT });
app.log.info({ startMs: Math.round(performance.now()) }, 'listening');
await prepare(config, app, stopping.signal);
