import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import type { Config } from '../config.ts';
import { readMigrations, type Migration } from './read-migrations.ts';

/** Any number that nothing else on the server locks; replicas that start together queue on it. */
const startLock = 7_264_011;

async function withAdmin<T>(
  config: Config,
  database: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({
    host: config.PGHOST,
    port: config.PGPORT,
    user: config.ADMIN_PGUSER,
    password: config.ADMIN_PGPASSWORD,
    database,
    application_name: `${config.POD_NAME} migrate`,
    connectionTimeoutMillis: 3000,
    query_timeout: 30_000,
  });
  // A connection lost between two statements is told by the next statement; without a listener it would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

async function ensureLogin(admin: Client, name: string, password: string): Promise<void> {
  const found = await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
  const verb = found.rowCount === 0 ? 'CREATE' : 'ALTER';
  const limits = 'LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE';
  await admin.query(`${verb} ROLE ${escapeIdentifier(name)} ${limits} PASSWORD ${escapeLiteral(password)}`);
}

/** A role that counts connections and reads no tenant's data: it may not even connect to the database of the service. */
async function ensureMonitor(admin: Client, config: Config): Promise<void> {
  if (config.MONITOR_PGUSER === undefined || config.MONITOR_PGPASSWORD === undefined) return;
  await ensureLogin(admin, config.MONITOR_PGUSER, config.MONITOR_PGPASSWORD);
  await admin.query(`GRANT pg_monitor TO ${escapeIdentifier(config.MONITOR_PGUSER)}`);
}

async function ensureDatabase(admin: Client, config: Config): Promise<void> {
  const database = escapeIdentifier(config.PGDATABASE);
  const found = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [config.PGDATABASE]);
  if (found.rowCount === 0) await admin.query(`CREATE DATABASE ${database}`);
  await admin.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
  await admin.query(`GRANT CONNECT ON DATABASE ${database} TO ${escapeIdentifier(config.PGUSER)}`);
}

type Applied = ReadonlyMap<number, string | null>;

async function readApplied(client: Client): Promise<Applied> {
  await client.query(`CREATE TABLE IF NOT EXISTS schema_migrations
    (id int PRIMARY KEY, title text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`);
  await client.query('ALTER TABLE schema_migrations ADD COLUMN IF NOT EXISTS checksum text');
  const known = await client.query<{ id: number; checksum: string | null }>(
    'SELECT id, checksum FROM schema_migrations',
  );
  return new Map(known.rows.map((row) => [row.id, row.checksum]));
}

/** Throws when a file was edited after it was applied; rows from before checksums were kept say nothing. */
function refuseEdited(migrations: readonly Migration[], applied: Applied): void {
  for (const { id, title, checksum } of migrations) {
    const then = applied.get(id) ?? checksum;
    if (then !== checksum)
      throw new Error(`migration ${id} (${title}) has checksum ${checksum}; expected ${then} as applied`);
  }
}

async function apply(client: Client, migration: Migration, role: string): Promise<void> {
  await client.query('BEGIN');
  await client.query(migration.sql.replaceAll('{role}', escapeIdentifier(role)));
  await client.query('INSERT INTO schema_migrations (id, title, checksum) VALUES ($1, $2, $3)', [
    migration.id,
    migration.title,
    migration.checksum,
  ]);
  await client.query('COMMIT');
}

/**
 * Creates the limited role, the one that watches where one is named, the database and the tables as far as they are missing, one replica at a time. Forward only: what a newer
 * release has applied already stays.
 * @returns the ids of the migrations applied now. Rejects with PostgreSQL's own error, or when an applied file was edited since.
 */
export async function migrate(config: Config, upTo = Number.POSITIVE_INFINITY): Promise<number[]> {
  const migrations = (await readMigrations()).filter((migration) => migration.id <= upTo);
  // Advisory locks belong to one database: all replicas take it in the one that always exists.
  return withAdmin(config, 'postgres', async (admin) => {
    await admin.query('SELECT pg_advisory_lock($1)', [startLock]);
    await ensureLogin(admin, config.PGUSER, config.PGPASSWORD);
    await ensureMonitor(admin, config);
    await ensureDatabase(admin, config);
    return withAdmin(config, config.PGDATABASE, async (client) => {
      const applied = await readApplied(client);
      refuseEdited(migrations, applied);
      const missing = migrations.filter((migration) => !applied.has(migration.id));
      for (const migration of missing) await apply(client, migration, config.PGUSER);
      return missing.map((migration) => migration.id);
    });
  });
}
