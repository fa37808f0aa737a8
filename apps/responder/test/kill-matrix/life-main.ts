import { once } from 'node:events';
import { createPlans } from '../../src/incidents/index.ts';
import { createDatabase, createLogger, databaseNow } from '../../src/platform/index.ts';
import { createPagingCore } from '../paging-core.ts';
import { killableDatabase, type KillPoint } from './killable-database.ts';
import { phases, type Life } from './phases.ts';

/**
 * A responder's paging core as a process of its own, made to be killed: `URL SMTP_URL PLAN_HASH NAME`. It connects and waits for a line
 * `{"service", "killAt"}`; then it lives an incident's whole way, prints each of its kill points, and dies by SIGKILL at the one that is named.
 */
const [url = '', smtpUrl = '', planHash = '', name = ''] = process.argv.slice(2);
let phase = phases[0];
let killAt: KillPoint = '';
const minutesAgoMs = (): number => (phase?.minutesAgo ?? 0) * 60_000;
const log = createLogger({ level: 'silent' });
const inner = createDatabase(url, { connections: 4, application: name, log });
const db = killableDatabase(inner, {
  phaseOf: () => phase?.name ?? '',
  killAt: () => killAt,
  tell: (point) => void process.stdout.write(`${point}\n`),
});
const clock = {
  now: async (tx: Parameters<typeof databaseNow>[0]) => (await databaseNow(tx)) - minutesAgoMs(),
};
const plan = await createPlans(inner).loadPlan(planHash);
const { incidents, comms } = createPagingCore(db, smtpUrl, { summarises: true, clock });
const [line] = (await once(process.stdin, 'data')) as [Buffer];
const given = JSON.parse(String(line)) as { readonly service: string; readonly killAt: KillPoint };
killAt = given.killAt;
const { service } = given;
const life: Life = {
  service,
  plan,
  incidents,
  comms,
  db: inner,
  now: () => Date.now() - minutesAgoMs(),
  id: '',
  partId: '',
};
for (phase of phases) await phase.act(life);
process.exit(0);
