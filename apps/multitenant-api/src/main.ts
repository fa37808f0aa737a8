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
const app = createApp(config);
const stopping = new AbortController();

async function leave(signal: string): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort();
  app.log.info({ signal }, 'told to stop');
  process.exit(await drain(config, app));
}
process.on('SIGTERM', (signal) => void leave(signal));
process.on('SIGINT', (signal) => void leave(signal));

await app.http.listen({ host: config.HOST, port: config.PORT });
app.log.info({ startMs: Math.round(performance.now()) }, 'listening');
await prepare(config, app, stopping.signal);
