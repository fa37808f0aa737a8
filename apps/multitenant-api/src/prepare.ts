import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from './app.ts';
import type { Config } from './config.ts';

const firstDelayMs = 100;
const longestDelayMs = 500;

/** Loaded only where it is asked for: a pod without an administrator's password never migrates. */
async function migrateWhenAsked(config: Config): Promise<number[]> {
  if (config.ADMIN_PGUSER === undefined) return [];
  const { migrate } = await import('./database/migrate.ts');
  return migrate(config);
}

/**
 * Prepares the database when an administrator is configured, trying again for as long as it takes; the process answers `/livez`
 * meanwhile. Without one somebody else has run `migrate-main.ts`.
 */
export async function prepare(config: Config, app: App, signal: AbortSignal): Promise<void> {
  for (let delayMs = firstDelayMs; !signal.aborted; delayMs = Math.min(delayMs * 2, longestDelayMs)) {
    try {
      const applied = await migrateWhenAsked(config);
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
