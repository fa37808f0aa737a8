import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database, Transaction } from './database.ts';

const migrationsDir = fileURLToPath(new URL('../../migrations/', import.meta.url));
/** Any fixed number: whoever migrates first holds it, the others wait and then find nothing to do. */
const advisoryLock = 7_433_001;

/** How long a change waits for a table that a responder beside it uses: everybody else waits behind it. */
const lockLimitMs = 1000;
/** How often it is tried before the start fails, and how long the others have the table in between. */
const tries = 60;
const pauseMs = 500;
const lockNotAvailable = '55P03';
const deadlockDetected = '40P01';

/**
 * Applies the files of `migrations/` that this database does not have yet, in order, each in a transaction. Returns their names.
 * Beside responders that run: a table is waited for a second at a time, for about a minute and a half; then it throws, and nothing of that file is done.
 */
export async function migrate(db: Database, dir: string = migrationsDir): Promise<readonly string[]> {
  const files = (await readdir(dir)).filter((name) => name.endsWith('.sql')).toSorted();
  const applied: string[] = [];
  for (const name of files)
    if (await applyAtLast(db, name, await readFile(`${dir}/${name}`, 'utf8'))) applied.push(name);
  return applied;
}

async function applyAtLast(db: Database, name: string, sql: string): Promise<boolean> {
  for (let left = tries - 1; ; left -= 1)
    try {
      return await applyOnce(db, name, sql);
    } catch (error) {
      if (left === 0 || !isHeldUp(error)) throw error;
      await pause(pauseMs);
    }
}

function isHeldUp(error: unknown): boolean {
  const { code } = ((error as Error).cause ?? {}) as { readonly code?: unknown };
  return code === lockNotAvailable || code === deadlockDetected;
}

/** Building an index takes as long as it takes. */
const statementLimitMs = 3_600_000;

function applyOnce(db: Database, name: string, sql: string): Promise<boolean> {
  const apply = async (tx: Transaction): Promise<boolean> => {
    await tx.query('select pg_advisory_xact_lock($1)', [advisoryLock]);
    await tx.query(
      'create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null)',
    );
    const done = await tx.query('select 1 from schema_migrations where name = $1', [name]);
    if (done.rowCount > 0) return false;
    await tx.query(`set local lock_timeout = ${lockLimitMs}`);
    try {
      await tx.query(sql);
    } catch (error) {
      throw new Error(`migration ${name}: ${(error as Error).message}`, { cause: error });
    }
    await tx.query('insert into schema_migrations values ($1, clock_timestamp())', [name]);
    return true;
  };
  return db.transact(apply, { statementLimitMs });
}
