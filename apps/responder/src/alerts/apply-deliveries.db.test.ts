import { expect, it } from 'vitest';
import { newId } from '#platform';
import { testDatabase } from '../../test/database.ts';
import { alertsOn, factNames, minuteMs, names, say } from './fixtures/alerts-on.ts';
import { readAlertList } from './index.ts';
import { keepDeliveries, takeTurn } from './store/deliveries.ts';

const db = await testDatabase();
const start = alertsOn(db);

async function rowsOf(serviceId: string): Promise<readonly string[]> {
  const { rows } = await db.query<{ name: string }>('select name from alerts where service_id = $1', [
    serviceId,
  ]);
  return rows.map(({ name }) => name);
}

async function waitingDeliveries(serviceId: string): Promise<number> {
  const { rowCount } = await db.query('select 1 from alert_deliveries where service_id = $1', [serviceId]);
  return rowCount;
}

/** Keeps every responder from applying what is stored, until it is released. */
async function holdTurn(serviceId: string) {
  const taken = Promise.withResolvers<void>();
  const free = Promise.withResolvers<void>();
  const holding = db.transact(async (tx) => {
    await takeTurn(tx, serviceId);
    await tx.query(`set local idle_in_transaction_session_timeout = 0`);
    taken.resolve();
    await free.promise;
  });
  await taken.promise;
  return {
    release: async () => {
      free.resolve();
      await holding;
    },
  };
}

it('counts from the answer on, also what a responder that died has not brought into the table of alerts', async () => {
  const serviceId = newId('service');
  const held = await holdTurn(serviceId);
  const before = await start({ severities: { critical: 'P0' } }, { serviceId });
  await say(before, 'Grave', { labels: { severity: 'critical' } });
  await say(before, 'Plain');
  await expect.poll(() => factNames(before), { timeout: 5000 }).toEqual(['Grave']);
  expect((await rowsOf(serviceId)).length).toBe(0);
  await before.stop();
  await held.release();
  const after = await start({ severities: { critical: 'P0' } }, { serviceId });
  expect(await names(after)).toEqual(['Grave', 'Plain']);
  expect(await names(after)).toEqual((await rowsOf(serviceId)).toSorted());
  await expect.poll(() => factNames(after), { timeout: 5000 }).toEqual(['Grave', 'Plain']);
});

it('is not held up by a delivery that cannot be stored: that one is kept where people see it', async () => {
  const serviceId = newId('service');
  const alerts = await start({}, { serviceId });
  const held = await holdTurn(serviceId);
  const given = readAlertList([{ labels: { alertname: 'Strange' } }], 'body', {
    at: Date.now(),
    resolveAfterMs: minuteMs,
  }).alerts.map((alert) => ({
    fingerprint: 'f',
    source: 'test',
    alert,
    // No int of PostgreSQL.
    content: 2 ** 40,
    class: { name: 'Strange', severity: null, rank: 99, flag: null, beats: [] },
    receivedAt: Date.now(),
  }));
  await say(alerts, 'Before');
  const beside = given.map((one) => ({
    ...one,
    fingerprint: 'g',
    content: 1,
    class: { ...one.class, name: 'Beside' },
  }));
  await keepDeliveries(db, serviceId, [{ alerts: [...given, ...beside], words: [], malformed: [] }]);
  await say(alerts, 'After');
  await held.release();
  await expect
    .poll(() => rowsOf(serviceId).then((rows) => rows.toSorted()), { timeout: 15_000 })
    .toEqual(['After', 'Before', 'Beside']);
  expect(await alerts.problems(5)).toMatchObject([
    {
      source: 'test',
      place: expect.stringMatching(/^delivery \d+$/),
      item: expect.stringContaining('Strange'),
    },
  ]);
});

it('does not wait for ever for a responder that was stopped in its turn', async () => {
  const serviceId = newId('service');
  const alerts = await start({}, { serviceId });
  const hanging = db.transact(async (tx) => {
    await takeTurn(tx, serviceId);
    await new Promise((resolve) => setTimeout(resolve, 4500));
    await tx.query('select 1');
  });
  const turn = hanging.then(
    () => 'kept',
    () => 'lost',
  );
  await say(alerts, 'Fires');
  await expect.poll(() => rowsOf(serviceId), { timeout: 20_000 }).toEqual(['Fires']);
  expect(await turn).toBe('lost');
});

it('keeps the order in which it was said, whoever applies it', async () => {
  const serviceId = newId('service');
  const one = await start({}, { serviceId });
  const other = await start({}, { serviceId });
  const held = await holdTurn(serviceId);
  await say(one, 'Comes');
  await say(other, 'Comes', { endsAt: Date.now() - 1 });
  await say(other, 'Goes', { endsAt: Date.now() - 1 });
  await say(one, 'Goes');
  await held.release();
  await expect.poll(() => names(one), { timeout: 10_000 }).toEqual(['Goes']);
  await expect.poll(() => waitingDeliveries(serviceId)).toBe(0);
  expect(await names(other)).toEqual(['Goes']);
});
