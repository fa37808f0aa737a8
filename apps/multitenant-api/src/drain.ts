import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from './app.ts';
import type { Config } from './config.ts';

async function stop(config: Config, app: App): Promise<void> {
  app.lifecycle.drain();
  app.log.info({ keepServingMs: config.DRAIN_DELAY_MS }, 'draining: not ready any more, still serving');
  await sleep(config.DRAIN_DELAY_MS);
  await app.http.close();
  await app.database.close().catch((cause: Error) => {
    app.log.warn(`database connections left open: ${cause.message}`);
  });
  await app.closeHelpers();
}

/**
 * Leaves without failing a request: `/readyz` says no and answers ask to close their connections, requests are served until the
 * endpoint is surely removed, then the listener closes and those in flight finish.
 * @returns the exit code: 0, or 1 when the limit of the whole way out passed first.
 */
export async function drain(config: Config, app: App): Promise<0 | 1> {
  const late = sleep(config.SHUTDOWN_LIMIT_MS, 'late' as const, { ref: false });
  const end = await Promise.race([stop(config, app).then(() => 'stopped' as const), late]);
  if (end === 'stopped') {
    app.log.info('stopped');
    return 0;
  }
  app.log.error({ limitMs: config.SHUTDOWN_LIMIT_MS }, 'stopped with requests unfinished: the limit passed');
  return 1;
}
