import { flushCompileCache } from 'node:module';
import { createSlackCore } from '../src/comms/fixtures/slack-stage.ts';
import { createDatabase, createLogger } from '../src/platform/index.ts';

// Killed before it could leave: what it has compiled is kept for the next one.
flushCompileCache();

/** A responder that keeps the channels of incidents, as a process of its own, made to be killed. */
const [url = '', slackUrl = ''] = process.argv.slice(2);
const db = createDatabase(url, { connections: 4, log: createLogger({ level: 'silent' }) });
const { comms } = createSlackCore(db, slackUrl, { incidentChannels: { archiveAfterHours: 0 } });
await comms.start();
process.stdout.write('ready\n');
