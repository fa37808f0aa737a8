import { setTimeout as pause } from 'node:timers/promises';
import { createPagingCore } from '../paging-core.ts';
import { outage } from '../outage-facts.ts';
import { plan } from './life-runbook.ts';
import type { Database } from '../../src/platform/index.ts';
import type { Ground } from './life-process.ts';
import { endRests, lookMs } from './phases.ts';

/** Nothing of the dead one's is under way any more: what it had sent has been taken, what it had committed is there. */
export async function untilGone({ db, mail }: Ground, name: string): Promise<void> {
  const connected = 'select 1 from pg_stat_activity where application_name = $1';
  while ((await db.query(connected, [name])).rowCount > 0) await pause(lookMs / 3);
  await mail.idle();
}

/** The dead one's leases have run out; another one does what is due. What was never stored is told again by detection. */
export async function inherit({ db, mail }: Ground, service: string): Promise<void> {
  for (const table of ['messages', 'timers'])
    await db.query(`update ${table} set lease_until = clock_timestamp() where lease_until is not null`);
  const { incidents, comms } = createPagingCore(db, mail.url, { summarises: true });
  const { rowCount } = await db.query('select 1 from incidents where service_id = $1', [service]);
  if (rowCount === 0) {
    const assessment = outage(Date.now());
    await incidents.assess({ service: { id: service }, assessment, diagnoses: [], drill: null, plan });
  }
  await comms.start();
  const timers = await incidents.startTimers();
  while (await isWorkLeft(db)) {
    await endRests(db);
    await pause(lookMs);
  }
  await timers.stop();
  await comms.stop();
}

async function isWorkLeft(db: Database): Promise<boolean> {
  const { rows } = await db.query<{ left: boolean }>(
    `select exists (select from messages where state in ('queued', 'sending'))
       or exists (select from timers where done_at is null and due_at <= clock_timestamp()) as left`,
  );
  return rows[0]?.left !== false;
}
