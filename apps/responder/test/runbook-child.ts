import { flushCompileCache } from 'node:module';
import { createDatabase, createLogger } from '../src/platform/index.ts';
import { dyingDatabase } from './dying-database.ts';
import { openTestRunbook } from './open-test-runbook.ts';

// Killed before it could leave: what it has compiled is kept for the next one.
flushCompileCache();

/** A responder's start as far as the runbook goes, made to be killed: `runbook-child.ts URL FILE KILL_AT`; exit 0 when it was not. */
const [url = '', file = '', killAt = ''] = process.argv.slice(2);
const db = createDatabase(url, { connections: 2, log: createLogger({ level: 'silent' }) });
const runbook = await openTestRunbook(dyingDatabase(db, killAt), { file });
await runbook.close();
await db.close();
