import { flushCompileCache } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { createDatabase, createLogger } from '../src/platform/index.ts';
import { dyingDatabase } from './dying-database.ts';
import { startPagingCore } from './paging-core.ts';

// Killed before it could leave: what it has compiled is kept for the next one.
flushCompileCache();

/** A responder's paging core as a process of its own, made to be killed: posts an update on INCIDENT and sends what is due, until it dies by SIGKILL around a statement. */
const [url = '', smtpUrl = '', incident = '', killAt = ''] = process.argv.slice(2);
let hasBegun = false;
const db = dyingDatabase(
  createDatabase(url, { connections: 4, log: createLogger({ level: 'silent' }) }),
  killAt,
  () => hasBegun,
);
const core = await startPagingCore(db, smtpUrl);
// What every start looks for is not what is to be killed.
await pause(250);
hasBegun = true;
process.stdout.write('ready\n');
await core.incidents.apply(
  incident,
  { kind: 'post-update', audience: 'executives', status: 'investigating', body: `text ${killAt}` },
  { kind: 'user', id: 'primary', name: 'primary' },
);
