import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { createTogether, type Transaction } from './index.ts';

const db = await testDatabase();
await db.query('create table noted (what text primary key, tx xid8 not null default pg_current_xact_id())');

beforeEach(async () => {
  await db.query('truncate noted');
});

const note =
  (what: string) =>
  async (tx: Transaction): Promise<string> => {
    await tx.query('insert into noted (what) values ($1)', [what]);
    return what;
  };

async function transactions(): Promise<Record<string, string>> {
  const { rows } = await db.query<{ what: string; tx: string }>('select what, tx::text from noted');
  return Object.fromEntries(rows.map(({ what, tx }) => [what, tx]));
}

test('what is asked for at once shares a transaction, and each gets its own answer', async () => {
  const together = createTogether(db);
  const asked = ['a', 'b', 'c', 'd'];
  expect(await Promise.all(asked.map((one) => together(one, note(one))))).toEqual(asked);
  expect(new Set(Object.values(await transactions())).size).toBe(1);
});

test('what comes while one is under way shares the next transaction', async () => {
  const together = createTogether(db);
  const first = together('a', async (tx) => {
    await tx.query('select pg_sleep(0.2)');
    return note('a')(tx);
  });
  await pause(50);
  const later = ['b', 'c', 'd'].map((one) => together(one, note(one)));
  expect(await Promise.all([first, ...later])).toEqual(['a', 'b', 'c', 'd']);
  const { a, b, c, d } = await transactions();
  expect([c, d]).toEqual([b, b]);
  expect(a).not.toBe(b);
});

test('works about the same row come one after the other, each sees what the one before has written', async () => {
  const together = createTogether(db);
  await db.query('create table counted (n int)');
  await db.query('insert into counted values (0)');
  let runs = 0;
  const count = async (tx: Transaction): Promise<void> => {
    runs += 1;
    const { rows } = await tx.query<{ n: number }>('select n from counted for update');
    await tx.query('update counted set n = $1', [(rows[0]?.n ?? 0) + 1]);
  };
  await Promise.all(Array.from({ length: 5 }, () => together('the row', count)));
  expect((await db.query<{ n: number }>('select n from counted')).rows).toEqual([{ n: 5 }]);
  expect(runs).toBe(5);
});

test('one that fails fails alone', async () => {
  const together = createTogether(db);
  await db.query(`insert into noted (what) values ('taken')`);
  const ends = await Promise.allSettled([
    together('first', note('first')),
    together('taken', note('taken')),
    together('other', note('other')),
    together('undone', async (tx) => {
      await note('undone')(tx);
      throw new Error('thought better of it');
    }),
  ]);
  expect(ends.map((end) => (end.status === 'fulfilled' ? end.value : String(end.reason)))).toEqual([
    'first',
    expect.stringContaining('duplicate key'),
    'other',
    'Error: thought better of it',
  ]);
  expect(Object.keys(await transactions()).toSorted()).toEqual(['first', 'other', 'taken']);
});

test('who waits for a lock holds up nobody else', { timeout: 10_000 }, async () => {
  const together = createTogether(db);
  await db.query(`insert into noted (what) values ('held')`);
  const release = Promise.withResolvers<void>();
  const holding = db.transact(async (tx) => {
    await tx.query(`select from noted where what = 'held' for update`);
    await release.promise;
  });
  await pause(50);
  let isWaiting = true;
  const wants = async (tx: Transaction): Promise<void> => {
    await tx.query(`update noted set tx = pg_current_xact_id() where what = 'held'`);
    isWaiting = false;
  };
  const waitsAlone = together('a', wants);
  const waitsBeside = together('b', wants);
  await together('beside', note('beside'));
  await together('later', note('later'));
  expect(isWaiting).toBe(true);
  expect(Object.keys(await transactions()).toSorted()).toEqual(['beside', 'held', 'later']);
  release.resolve();
  await Promise.all([holding, waitsAlone, waitsBeside]);
  expect(isWaiting).toBe(false);
});

test('what cannot be committed is told to all of them, and not done again', async () => {
  const together = createTogether(db);
  await db.query(
    'create table if not exists checked (n int primary key deferrable initially deferred, runs int)',
  );
  let runs = 0;
  const twice = async (tx: Transaction): Promise<void> => {
    runs += 1;
    await tx.query('insert into checked (n) values (1)');
  };
  const ends = await Promise.allSettled([
    together('first', note('first')),
    together('once', twice),
    together('twice', twice),
  ]);
  expect(ends.map((end) => end.status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(runs).toBe(2);
  expect(await transactions()).toEqual({});
});
