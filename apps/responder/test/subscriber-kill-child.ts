import { flushCompileCache } from 'node:module';
import { startMailing, startPosting } from '../src/comms/index.ts';
import { createDatabase, createLogger } from '../src/platform/index.ts';

// Killed before it could leave: what it has compiled is kept for the next one.
flushCompileCache();

/** What tells subscribers of SERVICE, as a process of its own, made to be killed. */
const [url = '', smtpUrl = '', hooksUrl = '', serviceId = ''] = process.argv.slice(2);
const log = createLogger({ level: 'silent' });
const page = { id: serviceId, name: 'Status', url: 'https://status.example.org' };
const room = { db: createDatabase(url, { log }), serviceId, page, log };
await startMailing({ ...room, smtp: { url: smtpUrl, from: 'status@example.org' } });
await startPosting({ ...room, ways: { webhookHosts: [hooksUrl], slack: null } });
