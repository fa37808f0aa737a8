import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import type { Config } from './config.ts';
import { migrations } from './migrations.ts';

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

async function ensureRole(admin: Client, config: Config): Promise<void> {
  const role = escapeIdentifier(config.PGUSER);
  const found = await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [config.PGUSER]);
  const verb = found.rowCount === 0 ? 'CREATE' : 'ALTER';
  const password = escapeLiteral(config.PGPASSWORD);
  await admin.query(
    `${verb} ROLE ${role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD ${password}`,
  );
}

async function ensureDatabase(admin: Client, config: Config): Promise<void> {
  const database = escapeIdentifier(config.PGDATABASE);
  const found = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [config.PGDATABASE]);
  if (found.rowCount === 0) await admin.query(`CREATE DATABASE ${database}`);
  await admin.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
  await admin.query(`GRANT CONNECT ON DATABASE ${database} TO ${escapeIdentifier(config.PGUSER)}`);
}

async function applyMissing(client: Client, config: Config): Promise<number[]> {
  await client.query(`CREATE TABLE IF NOT EXISTS schema_migrations
    (id int PRIMARY KEY, title text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`);
  const known = await client.query<{ id: number }>('SELECT id FROM schema_migrations');
  const applied = new Set(known.rows.map((row) => row.id));
  const missing = migrations.filter((migration) => !applied.has(migration.id));
  for (const migration of missing) {
    await client.query('BEGIN');
    await client.query(migration.sql.replaceAll('{role}', escapeIdentifier(config.PGUSER)));
    await client.query('INSERT INTO schema_migrations (id, title) VALUES ($1, $2)', [
      migration.id,
      migration.title,
    ]);
    await client.query('COMMIT');
  }
  return missing.map((migration) => migration.id);
}

/**
 * Creates the limited role, the database and the tables as far as they are missing, one replica at a time.
 * Without an administrator in the configuration it does nothing: somebody else prepares the database.
 * @returns the ids of the migrations applied now. Rejects with PostgreSQL's own error.
 */
export async function migrate(config: Config): Promise<number[]> {
  if (config.ADMIN_PGUSER === undefined) return [];
  // Advisory locks belong to one database: all replicas take it in the one that always exists.
  return withAdmin(config, 'postgres', async (admin) => {
    await admin.query('SELECT pg_advisory_lock($1)', [startLock]);
    await ensureRole(admin, config);
    await ensureDatabase(admin, config);
    return withAdmin(config, config.PGDATABASE, (client) => applyMissing(client, config));
  });
}
