import { afterAll, expect, test } from 'vitest';
import { createComms, type Comms } from '#comms';
import { createLogger } from '#platform';
import { type LiveTeam, openTeam, readLastCheck, startReadiness } from '#oncall';
import { testDatabase } from '../test/database.ts';
import { startMailServer } from '../test/mail-server.ts';
import { plan } from '../test/runbook.ts';

const db = await testDatabase();
const log = createLogger({ level: 'silent' });
const mail = await startMailServer();
const stops: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const stop of stops.toReversed()) await stop();
  await mail.close();
});

async function teamOf(
  serviceId: string,
  contacts: 'mail' | 'inbox',
): Promise<{ team: LiveTeam; comms: Comms }> {
  const smtp = { url: mail.url, from: 'tocsin@example.org' };
  const person = (id: string, channels: string) => ({
    id,
    name: id,
    role: 'approver' as const,
    drill: false,
    contacts:
      channels === 'mail'
        ? ([{ channel: 'email', address: `${id}-${serviceId}@example.org` }, { channel: 'inbox' }] as const)
        : ([{ channel: 'inbox' }] as const),
  });
  const keys = [...plan.escalation.map((_, index) => String(index + 1)), ...plan.roles.map((one) => one.id)];
  const onCall = Object.fromEntries(keys.map((key) => [key, ['ada']]));
  const people = [person('owner', 'mail'), person('ada', contacts)];
  const readiness = { owner: 'owner', at: '09:00', zone: 'UTC' };
  const team = await openTeam({ db, serviceId, start: { people, onCall, readiness, smtp }, log });
  const incidents = { applyIn: () => Promise.reject(new Error('a notice is about no incident')) } as never;
  const comms = createComms({ db, incidents, people: () => team.current().people, smtp, log });
  await comms.start();
  stops.push(team.close, comms.stop);
  return { team, comms };
}

/** Morning comes now. */
async function morning(serviceId: string): Promise<void> {
  await db.query(
    `update readiness_checks set due_at = clock_timestamp() where service_id = $1 and done_at is null`,
    [serviceId],
  );
  await db.query(`select pg_notify('readiness', $1)`, [serviceId]);
}

const rowsOf = async (serviceId: string) =>
  (
    await db.query<{ done: boolean }>(
      `select done_at is not null as done from readiness_checks where service_id = $1 order by done_at nulls last`,
      [serviceId],
    )
  ).rows.map((one) => one.done);

test('in the morning the owner is told by message what is not ready, once, although two responders look', async () => {
  const { team, comms } = await teamOf('s1', 'inbox');
  const options = { db, serviceId: 's1', team, plan: () => plan, inform: comms.inform, log };
  for (const one of [await startReadiness(options), await startReadiness(options)]) stops.push(one.stop);
  expect(await rowsOf('s1')).toEqual([false]);
  await morning('s1');
  await expect
    .poll(() => mail.received.filter((one) => one.to.includes('owner-s1@example.org')).length)
    .toBe(1);
  expect(await rowsOf('s1')).toEqual([true, false]);
  expect(await readLastCheck(db, 's1')).toMatchObject({
    told: 'owner',
    findings: [{ kind: 'cannot-be-woken', text: expect.stringContaining('ada') }],
  });
  const [notice] = await comms.inboxOf('owner');
  expect(notice).toMatchObject({ incidentId: null, subject: 'On-call is not ready: 1 thing to mend' });
  const { rows } = await db.query('select 1 from incidents');
  expect(rows).toEqual([]);
  await db.query(`select pg_notify('readiness', 's1')`);
  expect(await rowsOf('s1')).toEqual([true, false]);
});

test('where all is ready nobody is told, and the next look is set', async () => {
  const { team, comms } = await teamOf('s2', 'mail');
  const look = await startReadiness({
    db,
    serviceId: 's2',
    team,
    plan: () => plan,
    inform: comms.inform,
    log,
  });
  stops.push(look.stop);
  await morning('s2');
  await expect.poll(() => rowsOf('s2')).toEqual([true, false]);
  expect(await readLastCheck(db, 's2')).toMatchObject({ findings: [], told: null });
  expect(mail.received.filter((one) => one.to.includes('owner-s2@example.org'))).toEqual([]);
});
