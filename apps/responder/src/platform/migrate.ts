import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Database, Transaction } from './database.ts';

const migrationsDir = fileURLToPath(new URL('../../migrations/', import.meta.url));
/** Any fixed number: whoever migrates first holds it, the others wait and then find nothing to do. */
const advisoryLock = 7_433_001;

/** Applies the files of `migrations/` that this database does not have yet, in order, each in a transaction. Returns their names. */
export async function migrate(db: Database, dir: string = migrationsDir): Promise<readonly string[]> {
  const files = (await readdir(dir)).filter((name) => name.endsWith('.sql')).toSorted();
  const applied: string[] = [];
  for (const name of files)
    if (await applyOnce(db, name, await readFile(`${dir}/${name}`, 'utf8'))) applied.push(name);
  return applied;
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
