import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from './app.ts';
import type { Config } from './config.ts';
import { migrate } from './migrate.ts';

const firstDelayMs = 100;
const longestDelayMs = 2000;

/** Prepares the database, trying again for as long as it takes; the process answers `/livez` meanwhile. */
export async function prepare(config: Config, app: App, signal: AbortSignal): Promise<void> {
  for (let delayMs = firstDelayMs; !signal.aborted; delayMs = Math.min(delayMs * 2, longestDelayMs)) {
    try {
      const applied = await migrate(config);
      app.lifecycle.prepared();
      app.log.info({ applied }, 'database prepared');
      return;
    } catch (error) {
      const reason = error instanceof Error ? error.message || error.name : String(error);
      app.log.warn({ retryInMs: delayMs }, `database not prepared yet: ${reason}`);
      await sleep(delayMs, undefined, { signal }).catch(() => {});
    }
  }
}
