/** The responder's intake alone on a database: `node intake-responder.ts DATABASE_URL TOKEN_FILE`; prints its address. */
import { createAlerts, intakeSchema } from '../apps/responder/src/alerts/index.ts';
import { serveIntakeAlone } from '../apps/responder/src/api/intake/serve-intake-alone.ts';
import { createDatabase, createLogger, migrate } from '../apps/responder/src/platform/index.ts';

const [databaseUrl = '', tokenFile = ''] = process.argv.slice(2);
const log = createLogger({ level: 'warn' });
const database = createDatabase(databaseUrl, { log });
await migrate(database);
const alerts = await createAlerts({
  db: database,
  serviceId: 'bench',
  config: intakeSchema.parse({ senders: [{ kind: 'alertmanager', name: 'prometheus', tokenFile }] }),
  severities: () => ['P0', 'P1', 'P2'],
  log,
});
const app = await serveIntakeAlone({ alerts, database, log });
const url = await app.listen({ host: '127.0.0.1', port: 0 });
console.log(JSON.stringify({ url }));
process.on('SIGTERM', () => {
  void app
    .close()
    .then(() => alerts.stop())
    .then(() => database.close());
});
