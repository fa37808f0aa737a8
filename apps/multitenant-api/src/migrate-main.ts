/** Prepares the database once and ends: 0 done, 1 refused by the database, 2 the configuration cannot be used. */
import { ConfigError, readConfig } from './config.ts';
import { migrate } from './database/migrate.ts';

try {
  const config = readConfig();
  if (config.ADMIN_PGUSER === undefined) {
    throw new ConfigError('ADMIN_PGUSER is not set; expected a role that may create databases');
  }
  const applied = await migrate(config);
  process.stdout.write(`${JSON.stringify({ msg: 'database prepared', applied })}\n`);
} catch (error) {
  const reason = error instanceof Error ? error.message || error.name : String(error);
  process.stderr.write(`${reason}\n`);
  process.exitCode = error instanceof ConfigError ? 2 : 1;
}
