import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { createDatabase, createLogger, migrate, newId, type Database } from '../src/platform/index.ts';
import { exclusively, keeperLives, startTestServer } from './database-server.ts';
import { migrationsHash } from './migrations-hash.ts';

const quiet = createLogger({ level: 'silent' });

/** A fresh, migrated database for one test file, dropped when the file has ended. Call it at the top of the file. */
export async function testDatabase(options: { readonly connections?: number } = {}): Promise<Database> {
  const { url } = await freshDatabase();
  const db = createDatabase(url, { log: quiet, ...options });
  afterAll(() => db.close());
  return db;
}

/** The same without a pool: for tests that hand the address to other processes. */
export async function freshDatabase(): Promise<{ readonly url: string }> {
  const name = newId('t');
  const { admin, server } = await exclusively(async () => {
    const url = await startTestServer();
    const connection = createDatabase(url, { connections: 1, log: quiet });
    // Never idle: tells the keeper that somebody is here, for as long as the test file runs.
    await connection.listen('in_use', () => undefined);
    const template = await ensureTemplate(connection, url);
    await connection.query(`create database ${name} template ${template}`);
    return { admin: connection, server: url };
  });
  if (!(await keeperLives())) startKeeper();
  afterAll(async () => {
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.close();
  });
  return { url: withDatabase(server, name) };
}

async function ensureTemplate(admin: Database, server: string): Promise<string> {
  const name = `template_${await migrationsHash()}`;
  const found = await admin.query('select 1 from pg_database where datname = $1', [name]);
  if (found.rowCount > 0) return name;
  const making = `${name}_making`;
  await admin.query(`drop database if exists ${making} with (force)`);
  await admin.query(`create database ${making}`);
  const db = createDatabase(withDatabase(server, making), { connections: 1, log: quiet });
  await migrate(db);
  await db.close();
  await admin.query(`alter database ${making} rename to ${name}`);
  return name;
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** Stops the server some seconds after the last test has let go of it. */
function startKeeper(): void {
  const file = fileURLToPath(new URL('./keep-database.ts', import.meta.url));
  spawn(process.execPath, [file], { detached: true, stdio: 'ignore' }).unref();
}
