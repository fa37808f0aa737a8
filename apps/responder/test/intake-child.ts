import { flushCompileCache } from 'node:module';
import { createAlerts, intakeSchema } from '../src/alerts/index.ts';
import { serveIntakeAlone } from '../src/api/intake/serve-intake-alone.ts';
import { createDatabase, createLogger } from '../src/platform/index.ts';
import { dyingDatabase } from './dying-database.ts';

// Killed before it could leave: what it has compiled is kept for the next one.
flushCompileCache();

/**
 * The intake as a process of its own, made to be killed: `URL TOKEN_FILE KILL_AT`. With KILL_AT it dies by SIGKILL around its
 * n-th SQL statement after it has said its address.
 */
const [url = '', tokenFile = '', killAt = ''] = process.argv.slice(2);
const log = createLogger({ level: 'silent' });
const inner = createDatabase(url, { connections: 4, log });
const database = dyingDatabase(inner, killAt);
const alerts = await createAlerts({
  db: database,
  serviceId: 'multitenant-api',
  config: intakeSchema.parse({ senders: [{ kind: 'alertmanager', name: 'prometheus', tokenFile }] }),
  severities: () => ['P0', 'P1', 'P2'],
  log,
});
const app = await serveIntakeAlone({ alerts, database, log });
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`);
