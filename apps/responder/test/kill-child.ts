import { createPlans } from '../src/incidents/index.ts';
import { createDatabase, createLogger, type Database, type Queryable } from '../src/platform/index.ts';
import { outage } from './outage-facts.ts';
import { startPagingCore } from './paging-core.ts';

/**
 * A responder's paging core as a process of its own, made to be killed: opens one incident for SERVICE and sends what is
 * due. With KILL_AT it dies by SIGKILL around its n-th SQL statement: before it, or after its answer.
 */
const [url = '', smtpUrl = '', planHash = '', service = '', killAt = ''] = process.argv.slice(2);
const [when, nth] = killAt.split(':');
let statements = 0;

const db = dying(createDatabase(url, { connections: 4, log: createLogger({ level: 'silent' }) }));
const plan = await createPlans(db).loadPlan(planHash);
const core = await startPagingCore(db, smtpUrl);
process.stdout.write('ready\n');
if (service !== '')
  await core.incidents.assess({
    service: { id: service },
    assessment: outage(Date.now()),
    diagnoses: [],
    drill: null,
    plan,
  });

function dying(inner: Database): Database {
  return {
    ...inner,
    query: wrap(inner).query,
    transact: async (work) => {
      const result = await inner.transact((tx) => work({ ...tx, ...wrap(tx) }));
      // After the commit, too.
      await step(() => Promise.resolve(result));
      return result;
    },
  };
}

function wrap(inner: Queryable): Queryable {
  return { query: (sql, values) => step(() => inner.query(sql, values)) };
}

async function step<T>(run: () => Promise<T>): Promise<T> {
  statements += 1;
  const mine = statements === Number(nth);
  if (mine && when === 'before') process.kill(process.pid, 'SIGKILL');
  const result = await run();
  if (mine && when === 'after') process.kill(process.pid, 'SIGKILL');
  return result;
}
