import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import {
  createDatabase,
  createLogger,
  databaseNow,
  holdLease,
  LeaseLost,
  migrate,
  startRowWorker,
  type RowContext,
  type RowWorkerOptions,
} from './index.ts';
import { RowQueue } from './row-queue.ts';

const db = await testDatabase();
const log = createLogger({ level: 'silent' });

await db.query(
  `create table work (id text primary key, state text not null default 'queued', tries int not null default 0,
   due_at timestamptz not null default clock_timestamp(), fence bigint not null default 0, lease_until timestamptz)`,
);

interface Work {
  readonly id: string;
  readonly tries: number;
}

function workerOf(
  perform: (row: Work, context: RowContext) => Promise<void>,
  more: Partial<
    Pick<RowWorkerOptions<Work>, 'leaseMs' | 'renewMs' | 'concurrency' | 'pollMs' | 'dueIn'>
  > = {},
): ReturnType<typeof startRowWorker> {
  return startRowWorker<Work>({
    db,
    log,
    table: 'work',
    pending: `state = 'queued'`,
    claimSet: 'tries = tries + 1',
    wakeChannel: 'work',
    retryMs: 50,
    perform,
    ...more,
  });
}

async function add(id: string, dueInMs = 0): Promise<void> {
  await db.transact(async (tx) => {
    await tx.query(`insert into work (id, due_at) values ($1, clock_timestamp() + $2 * interval '1 ms')`, [
      id,
      dueInMs,
    ]);
    tx.notify('work', id);
  });
}

async function addUntold(id: string): Promise<void> {
  await db.query('insert into work (id) values ($1)', [id]);
}

async function tell(payload: string): Promise<void> {
  await db.query(`select pg_notify('work', $1)`, [payload]);
}

const done = (context: RowContext): Promise<void> => context.update(db, `state = 'done'`);

interface PlanNode {
  readonly 'Actual Rows': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** The most rows that any part of a statement looked at, as PostgreSQL counted them. */
function rowsRead(node: PlanNode): number {
  const own = node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0);
  return Math.max(own, ...(node.Plans ?? []).map(rowsRead));
}

test('looking for due rows reads those that are due, however many wait', async () => {
  await db.query(`create table waiting (like work including all)`);
  await db.query(`create index waiting_due on waiting (due_at) where state = 'queued'`);
  await db.query(
    // As they come in life, in no order: walking along the index costs a page a row then.
    `insert into waiting (id, due_at) select n::text, clock_timestamp() + (n - 3) * interval '1 minute'
     from generate_series(1, 5000) n order by md5(n::text)`,
  );
  await db.query('analyze waiting');
  const read: number[] = [];
  const explaining = {
    ...db,
    query: async (sql: string, values?: readonly unknown[]) => {
      const { rows } = await db.query<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>(
        `explain (analyze, format json) ${sql}`,
        values,
      );
      for (const { Plan } of rows[0]?.['QUERY PLAN'] ?? []) read.push(rowsRead(Plan));
      return { rows: [], rowCount: 0 };
    },
  };
  const queue = new RowQueue({ db: explaining, table: 'waiting', pending: `state = 'queued'` }, 5000);
  await queue.untilDueMs();
  await queue.claim(8);
  expect(read.map((rows) => rows < 20)).toEqual([true, true]);
});

describe('the row worker', () => {
  test('does every row once, also with two workers', async () => {
    const seen: string[] = [];
    const perform = async (row: Work, context: RowContext): Promise<void> => {
      seen.push(row.id);
      await pause(2);
      await done(context);
    };
    const workers = [await workerOf(perform), await workerOf(perform)];
    const ids = Array.from({ length: 60 }, (_, index) => `once-${index}`);
    await Promise.all(ids.map((id) => add(id)));
    await vi.waitFor(() => expect(seen).toHaveLength(60), 10_000);
    await Promise.all(workers.map((worker) => worker.stop()));
    expect(seen.toSorted()).toEqual(ids.toSorted());
  });

  test('waits until a row is due', async () => {
    const dueMs = 300;
    let lateMs = Number.NaN;
    const addedAt = performance.now();
    const worker = await workerOf(async (_row, context) => {
      lateMs = performance.now() - addedAt - dueMs;
      await done(context);
    });
    await add('later', dueMs);
    await vi.waitFor(() => expect(lateMs).not.toBeNaN(), 10_000);
    await worker.stop();
    expect(lateMs).toBeGreaterThan(-50);
  });

  test('is woken by what is due before it looks anyway, and by a notice that it cannot read', async () => {
    const seen: string[] = [];
    const perform = async ({ id }: Work, context: RowContext): Promise<void> => {
      seen.push(id);
      await done(context);
    };
    const worker = await workerOf(perform, { pollMs: 60_000, dueIn: Number });
    await pause(50);
    await addUntold('unseen');
    await tell('60001');
    await pause(150);
    expect(seen).toEqual([]);
    await tell('59999');
    await vi.waitFor(() => expect(seen).toEqual(['unseen']), 5000);
    await addUntold('unread');
    await tell('of something');
    await vi.waitFor(() => expect(seen).toEqual(['unseen', 'unread']), 5000);
    await worker.stop();
  });

  test('does not wait for a lease of a time before the clock was set back', async () => {
    await add('jumped');
    await db.query(`update work set lease_until = clock_timestamp() + interval '1 hour' where id = 'jumped'`);
    const seen: string[] = [];
    const worker = await workerOf(async (row, context) => {
      seen.push(row.id);
      await done(context);
    });
    await vi.waitFor(() => expect(seen).toContain('jumped'), 5000);
    await worker.stop();
  });

  test('tries a row again after a failure', async () => {
    const tries: number[] = [];
    const worker = await workerOf(async (row, context) => {
      tries.push(row.tries);
      if (row.tries < 3) throw new Error('not yet');
      await done(context);
    });
    await add('again');
    await vi.waitFor(() => expect(tries).toEqual([1, 2, 3]), 10_000);
    await worker.stop();
  });

  test('a frozen holder loses the row, hears of it, and cannot write any more', async () => {
    const fences: number[] = [];
    let lost: unknown = null;
    const worker = await workerOf(
      async (_row, context) => {
        fences.push(context.fence);
        if (fences.length > 1) return done(context);
        // As if this process had slept: somebody else claims after the lease has run out.
        await db.query(
          `update work set lease_until = clock_timestamp() - interval '1 s' where id = 'frozen'`,
        );
        await vi.waitFor(() => expect(fences).toHaveLength(2), 10_000);
        lost = await done(context).catch((error: unknown) => error);
      },
      { renewMs: 60_000 },
    );
    await add('frozen');
    await vi.waitFor(() => expect(lost).toBeInstanceOf(LeaseLost), 10_000);
    await worker.stop();
    expect(fences).toEqual([1, 2]);
  });

  test('renews the lease of long work, and aborts work whose lease was taken', async () => {
    let runs = 0;
    let aborted = false;
    const worker = await workerOf(
      async (row, context) => {
        runs += 1;
        if (row.id === 'long') {
          await pause(600);
          return done(context);
        }
        await db.query(`update work set fence = fence + 1, state = 'done' where id = $1`, [row.id]);
        await new Promise((resolve) => context.signal.addEventListener('abort', resolve));
        aborted = true;
      },
      { leaseMs: 250, renewMs: 50 },
    );
    await add('long');
    await add('stolen');
    await vi.waitFor(async () => {
      const { rows } = await db.query(`select 1 from work where id = 'long' and state = 'done'`);
      expect(rows).toHaveLength(1);
      expect(aborted).toBe(true);
    }, 10_000);
    await worker.stop();
    expect(runs).toBe(2);
  });
});

describe('a lease', () => {
  test('has one holder; the next one gets it with a higher fence once it is given back', async () => {
    const first = await holdLease(db, 'watch', 'one', { leaseMs: 400, renewMs: 50 });
    const second = await holdLease(db, 'watch', 'two', { leaseMs: 400, renewMs: 50 });
    expect([first.held(), second.held()]).toEqual([true, false]);
    await first.stop();
    expect(first.held()).toBe(false);
    await vi.waitFor(() => expect(second.held()).toBe(true), 10_000);
    expect(second.fence()).toBeGreaterThan(first.fence());
    await second.stop();
  });

  test("of a time before the clock was set back is nobody's", async () => {
    await db.query(`insert into leases values ('jumped', 'dead', 7, clock_timestamp() + interval '1 hour')`);
    const lease = await holdLease(db, 'jumped', 'heir');
    expect(lease.held()).toBe(true);
    expect(lease.fence()).toBe(8);
    await lease.stop();
  });

  test('that the database neither renews nor refuses is told to be lost', async () => {
    const told: boolean[] = [];
    const options = { leaseMs: 300, renewMs: 50, onChange: (held: boolean) => told.push(held) };
    const lease = await holdLease(db, 'hanging', 'one', options);
    await db.transact(async (tx) => {
      await tx.query(`select 1 from leases where name = 'hanging' for update`);
      await vi.waitFor(() => expect(told).toEqual([true, false]), 5000);
    });
    await vi.waitFor(() => expect(told).toEqual([true, false, true]), 5000);
    await lease.stop();
  });

  test('is no longer held by a holder that has not renewed it in time', async () => {
    const frozen = await holdLease(db, 'cold', 'one', { leaseMs: 80, renewMs: 60_000 });
    await vi.waitFor(() => expect(frozen.held()).toBe(false), 10_000);
    const next = await holdLease(db, 'cold', 'two', { leaseMs: 5000, renewMs: 60_000 });
    await vi.waitFor(() => expect(next.held()).toBe(true));
    await frozen.stop();
    expect(next.held()).toBe(true);
    await next.stop();
  });
});

describe('the database', () => {
  test('gives instants as epoch milliseconds, and takes them back unchanged', async () => {
    const at = 1_800_000_000_123;
    const { rows } = await db.query<{ at: number }>('select $1::timestamptz as at', [new Date(at)]);
    expect(rows[0]?.at).toBe(at);
    expect(Math.abs((await databaseNow(db)) - Date.now())).toBeLessThan(60_000);
  });

  test('rolls back what threw', async () => {
    const failing = db.transact(async (tx) => {
      await tx.query(`insert into work (id, state) values ('gone', 'done')`);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect((await db.query(`select 1 from work where id = 'gone'`)).rowCount).toBe(0);
  });

  test('hears notices of committed transactions', async () => {
    const heard: (string | null)[] = [];
    const unlisten = await db.listen('news', (payload) => heard.push(payload));
    await db.transact(async (tx) => tx.notify('news', 'hello'));
    await vi.waitFor(() => expect(heard).toEqual(['hello']));
    unlisten();
  });

  test('tells this process and others once each what was committed, and nothing of what was not', async () => {
    const other = createDatabase(db.url, { connections: 1 });
    const [here, there]: [(string | null)[], (string | null)[]] = [[], []];
    await db.listen('told', (payload) => here.push(payload));
    await other.listen('told', (payload) => there.push(payload));
    const undone = db.transact(async (tx) => {
      tx.tell('told', 'undone');
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    for (const payload of ['one', 'two']) await db.transact(async (tx) => tx.tell('told', payload));
    await vi.waitFor(() => expect(there).toEqual(['one', 'two']), 10_000);
    await db.transact(async (tx) => tx.notify('told', 'three'));
    await vi.waitFor(() => expect(there).toEqual(['one', 'two', 'three']), 10_000);
    await vi.waitFor(() => expect(here).toEqual(['one', 'two', 'three']), 10_000);
    await other.close();
  });

  test('tells again what it could not tell, and says what is left before it closes', async () => {
    const teller = createDatabase(db.url, { connections: 1 });
    const heard: (string | null)[] = [];
    await db.listen('retold', (payload) => heard.push(payload));
    await teller.transact(async (tx) => tx.tell('retold', 'before'));
    await vi.waitFor(() => expect(heard).toEqual(['before']), 10_000);
    await db.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'tocsin-tell' and datname = current_database()`,
    );
    await teller.transact(async (tx) => tx.tell('retold', 'after'));
    await vi.waitFor(() => expect(heard).toContain('after'), 10_000);
    await teller.transact(async (tx) => tx.tell('retold', 'last'));
    await teller.close();
    await vi.waitFor(() => expect(heard).toContain('last'), 10_000);
  });

  test('listens again after its connection was cut, and says that something may be missed', async () => {
    const heard: (string | null)[] = [];
    const unlisten = await db.listen('cut', (payload) => heard.push(payload));
    await db.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'tocsin-listen' and datname = current_database()`,
    );
    await vi.waitFor(() => expect(heard).toContain(null), 10_000);
    await db.transact(async (tx) => tx.notify('cut', 'back'));
    await vi.waitFor(() => expect(heard).toContain('back'), 10_000);
    unlisten();
  });

  test('is migrated once, however often and by however many', async () => {
    const applied = await Promise.all([migrate(db), migrate(db)]);
    expect(applied.flat()).toEqual([]);
  });

  test('is migrated beside somebody who uses it, and nobody waits behind the migration for longer than a moment', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'migrations-'));
    await writeFile(join(folder, '9999-used.sql'), 'alter table used add column more text');
    await db.query('create table used (id int)');
    const enough = Promise.withResolvers<void>();
    const inUse = Promise.withResolvers<void>();
    const user = db.transact(async (tx) => {
      await tx.query('select from used');
      inUse.resolve();
      await enough.promise;
    });
    await inUse.promise;
    const migrated = migrate(db, folder);
    await vi.waitFor(async () => {
      const { rows } = await db.query('select from pg_locks where not granted');
      expect(rows).not.toEqual([]);
    });
    await db.query('select from used');
    enough.resolve();
    await user;
    expect(await migrated).toEqual(['9999-used.sql']);
    await db.query('select more from used');
    await rm(folder, { recursive: true });
  });
});
