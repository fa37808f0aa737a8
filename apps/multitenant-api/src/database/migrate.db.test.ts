import { spawnSync } from 'node:child_process';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { environment, startService } from '../../test/service.ts';
import { readConfig, type Config } from '../config.ts';
import { migrate } from './migrate.ts';
import { readMigrations } from './read-migrations.ts';

let postgres: TestPostgres;

beforeAll(async () => {
  postgres = await startPostgres();
});

afterAll(() => postgres?.remove());

function configFor(name: string): Config {
  return readConfig(environment(postgres, { PGDATABASE: name, PGUSER: `${name}_role` }));
}

async function query(config: Config, user: 'limited' | 'admin', sql: string): Promise<unknown[]> {
  const client = new Client({
    host: config.PGHOST,
    port: config.PGPORT,
    database: config.PGDATABASE,
    ...(user === 'admin'
      ? { user: config.ADMIN_PGUSER, password: config.ADMIN_PGPASSWORD }
      : { user: config.PGUSER, password: config.PGPASSWORD }),
  });
  await client.connect();
  try {
    await client.query("SELECT set_config('app.tenant', 't1', false)");
    return (await client.query<object>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function connectAdmin(): Promise<Client> {
  const { port, adminUser: user, adminPassword: password } = postgres;
  const client = new Client({ host: '127.0.0.1', port, user, password, database: 'postgres' });
  await client.connect();
  return client;
}

const everyId = async (): Promise<number[]> => (await readMigrations()).map((migration) => migration.id);

describe('migrate', () => {
  it('applies what is missing, once', async () => {
    const config = configFor('once');
    expect(await migrate(config)).toEqual(await everyId());
    expect(await migrate(config)).toEqual([]);
  });

  it('leaves the statements of the first release working, before and after', async () => {
    const config = configFor('both');
    await migrate(config, 1);
    const insert = `INSERT INTO items (name, value, created_by) VALUES ('n', '1', 'u') RETURNING id`;
    const select =
      'SELECT id, name, value, created_by, created_at FROM items ORDER BY tenant, id DESC LIMIT 20';
    await query(config, 'limited', insert);
    await migrate(config);
    expect(await query(config, 'limited', select)).toHaveLength(1);
    await query(config, 'limited', insert);
    expect(await query(config, 'limited', select)).toHaveLength(2);
  });

  it('refuses a file that was edited after it was applied', async () => {
    const config = configFor('edited');
    await migrate(config);
    await query(config, 'admin', `UPDATE schema_migrations SET checksum = 'other' WHERE id = 2`);
    await expect(migrate(config)).rejects.toThrow(
      /^migration 2 \(items can change\) has checksum \w{64}; expected other as applied$/,
    );
  });

  it('lets be what a newer release has applied', async () => {
    const config = configFor('newer');
    await migrate(config);
    await query(config, 'admin', `INSERT INTO schema_migrations VALUES (9999, 'of the future')`);
    expect(await migrate(config)).toEqual([]);
  });

  it('applies all of a file or nothing of it', async () => {
    const config = configFor('half');
    await migrate(config, 1);
    // The second statement of migration 2 meets a column that is there already.
    await query(config, 'admin', 'ALTER TABLE items ADD COLUMN updated_at timestamptz');
    await expect(migrate(config)).rejects.toThrow(/updated_at.*already exists/);
    const columns = `SELECT 1 FROM information_schema.columns WHERE table_name = 'items' AND column_name = 'version'`;
    expect(await query(config, 'admin', columns)).toEqual([]);
  });
});

describe('the role that watches', () => {
  it('counts everybody’s connections and does not get near the data of tenants', async () => {
    const monitor = { MONITOR_PGUSER: 'watching', MONITOR_PGPASSWORD: "it's: me@" };
    const names = { PGDATABASE: 'watched', PGUSER: 'watched_role' };
    const config = readConfig(environment(postgres, { ...names, ...monitor }));
    await migrate(config);
    await migrate(config);
    const login = { PGUSER: monitor.MONITOR_PGUSER, PGPASSWORD: monitor.MONITOR_PGPASSWORD };
    const states = `SELECT count(state) AS states FROM pg_stat_activity WHERE usename <> current_user`;
    const admin = await connectAdmin();
    expect(await query({ ...config, ...login, PGDATABASE: 'postgres' }, 'limited', states)).toEqual([
      { states: '1' },
    ]);
    await admin.end();
    await expect(query({ ...config, ...login }, 'limited', 'SELECT 1')).rejects.toThrow(
      /permission denied for database "watched"/,
    );
  });
});

describe('several replicas that start at once', () => {
  it('prepare one database together', async () => {
    const overrides = { PGDATABASE: 'together', PGUSER: 'together_role' };
    const replicas = await Promise.all(Array.from({ length: 4 }, () => startService(postgres, overrides)));
    const applied = replicas.flatMap((replica) =>
      replica.lines.filter((line) => line['msg'] === 'database prepared').map((line) => line['applied']),
    );
    const failed = replicas.flatMap((replica) => replica.lines.filter((line) => line['level'] === 'warn'));
    for (const replica of replicas) await replica.close();
    expect(failed).toEqual([]);
    expect(applied.flat()).toEqual(await everyId());
    expect(applied).toHaveLength(4);
  });
});

describe('the migrate entry', () => {
  const main = new URL('../migrate-main.ts', import.meta.url).pathname;
  const run = (env: Record<string, string>) =>
    spawnSync(process.execPath, [main], { env: { PATH: process.env['PATH'], ...env }, encoding: 'utf8' });

  it('prepares a database for a service that has no administrator', async () => {
    const names = { PGDATABASE: 'entry', PGUSER: 'entry_role' };
    const done = run(environment(postgres, names));
    expect(done).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(done.stdout)).toEqual({ msg: 'database prepared', applied: await everyId() });

    const service = await startService(postgres, { ...names, ADMIN_PGUSER: '', ADMIN_PGPASSWORD: '' });
    await expect.poll(async () => (await service.ask('/api/data', { tenant: 't1' })).status).toBe(200);
    await service.close();
  });

  it('says what is missing and exits 2, what PostgreSQL refused and exits 1', () => {
    expect(run(environment(postgres, { ADMIN_PGUSER: '' }))).toMatchObject({
      status: 2,
      stderr: 'ADMIN_PGUSER is not set; expected a role that may create databases\n',
    });
    const refused = run(environment(postgres, { ADMIN_PGPASSWORD: 'wrong' }));
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/password authentication failed/);
  });
});
