import { flushCompileCache } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { createPlans } from '../src/incidents/index.ts';
import { createDatabase, createLogger } from '../src/platform/index.ts';
import { dyingDatabase } from './dying-database.ts';
import { outage } from './outage-facts.ts';
import { startPagingCore } from './paging-core.ts';

// Killed before it could leave: what it has compiled is kept for the next one.
flushCompileCache();

/**
 * A responder's paging core as a process of its own, made to be killed: opens one incident for SERVICE and sends what is
 * due. With KILL_AT it dies by SIGKILL around its n-th SQL statement since it is ready: before it, or after its answer.
 */
const [url = '', smtpUrl = '', planHash = '', service = '', killAt = ''] = process.argv.slice(2);
let hasBegun = false;
const db = dyingDatabase(
  createDatabase(url, { connections: 4, log: createLogger({ level: 'silent' }) }),
  killAt,
  () => hasBegun,
);
const plan = await createPlans(db).loadPlan(planHash);
const core = await startPagingCore(db, smtpUrl);
// What every start looks for is not what is to be killed.
await pause(250);
hasBegun = true;
process.stdout.write('ready\n');
if (service !== '')
  await core.incidents.assess({
    service: { id: service },
    assessment: outage(Date.now()),
    diagnoses: [],
    drill: null,
    plan,
  });
