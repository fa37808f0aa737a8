import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../test/postgres.ts';
import { startService, type TestService } from '../test/service.ts';

let postgres: TestPostgres;
let service: TestService;
let limited: Client;

/** A row of each table as its tenant writes it; a table without an entry here fails the first test. */
const sampleInserts: Record<string, (tenant: string) => string> = {
  items: (tenant) =>
    `INSERT INTO items (tenant, name, value, created_by) VALUES ('${tenant}', 'n', '1', 'u') RETURNING tenant`,
};

async function tables(): Promise<string[]> {
  const found = await limited.query<{ relname: string }>(
    `SELECT relname FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm') AND relnamespace = 'public'::regnamespace
       AND has_table_privilege(oid, 'SELECT, INSERT, UPDATE, DELETE') ORDER BY 1`,
  );
  return found.rows.map((row) => row.relname);
}

async function asTenant<T>(tenant: string, work: () => Promise<T>): Promise<T> {
  await limited.query('BEGIN');
  try {
    await limited.query("SELECT set_config('app.tenant', $1, true)", [tenant]);
    const result = await work();
    await limited.query('COMMIT');
    return result;
  } catch (error) {
    await limited.query('ROLLBACK');
    throw error;
  }
}

beforeAll(async () => {
  postgres = await startPostgres();
  service = await startService(postgres);
  const { config } = service;
  limited = new Client({
    host: config.PGHOST,
    port: config.PGPORT,
    user: config.PGUSER,
    password: config.PGPASSWORD,
    database: config.PGDATABASE,
  });
  await limited.connect();
});

afterAll(async () => {
  await limited?.end();
  await service?.close();
  await postgres?.remove();
});

async function namesOf(path: string): Promise<string[]> {
  const body = (await (await service.ask(path, { tenant: 't1' })).json()) as { items: { name: string }[] };
  return body.items.map((item) => item.name);
}

describe('rows of one tenant', () => {
  it('live in tables that this test knows, all fenced for the owner too', async () => {
    expect(await tables()).toEqual(Object.keys(sampleInserts).toSorted());
    const fences = await limited.query(
      'SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = ANY($1)',
      [Object.keys(sampleInserts)],
    );
    for (const fence of fences.rows)
      expect(fence).toMatchObject({ relrowsecurity: true, relforcerowsecurity: true });
    const role = await limited.query(
      'SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user',
    );
    expect(role.rows[0]).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
    });
  });

  it.each(Object.entries(sampleInserts))(
    'of %s cannot be read, written or moved by another',
    async (table, insert) => {
      await asTenant('a', () => limited.query(insert('a')));
      const seen = await asTenant('a', () => limited.query(`SELECT tenant FROM ${table}`));
      expect(seen.rowCount).toBeGreaterThan(0);

      const other = await asTenant('b', () => limited.query(`SELECT * FROM ${table}`));
      expect(other.rows).toEqual([]);
      await expect(asTenant('b', () => limited.query(insert('a')))).rejects.toThrow(/row-level security/);
      for (const crossing of [`UPDATE ${table} SET tenant = 'b'`, `DELETE FROM ${table}`]) {
        await expect(asTenant('b', () => limited.query(crossing))).rejects.toThrow(/permission denied/);
      }
      await expect(limited.query(`ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`)).rejects.toThrow(/owner/);
      await expect(limited.query(`SET ROLE ${postgres.adminUser}`)).rejects.toThrow(/permission denied/);
    },
  );

  it.each(Object.keys(sampleInserts))('of %s are invisible when no tenant is set', async (table) => {
    expect((await limited.query(`SELECT * FROM ${table}`)).rows).toEqual([]);
  });

  it('are all that /api/data shows, newest first', async () => {
    for (const [tenant, name] of [
      ['t1', 'first'],
      ['t2', 'foreign'],
      ['t1', 'second'],
    ] as const) {
      const made = await service.ask('/api/data', {
        tenant,
        method: 'POST',
        body: JSON.stringify({ name, value: {} }),
      });
      expect(made.status).toBe(201);
    }
    expect(await namesOf('/api/data')).toEqual(['second', 'first']);
    expect(await namesOf('/api/data?limit=1')).toEqual(['second']);
  });

  it('stay apart when many requests share a connection', async () => {
    const tenants = ['x1', 'x2', 'x3', 'x4'];
    const asks = Array.from({ length: 80 }, async (_, index) => {
      const tenant = tenants[index % tenants.length] ?? 'x1';
      const options =
        index < 40 ? { method: 'POST', body: JSON.stringify({ name: tenant, value: index }) } : {};
      const answer = await service.ask('/api/data?limit=100', { tenant, ...options });
      const body = (await answer.json()) as { items?: { name: string }[] };
      return (body.items ?? []).every((item) => item.name === tenant);
    });
    expect(await Promise.all(asks)).not.toContain(false);
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
    expect(applied.flat()).toEqual([1]);
    expect(applied).toHaveLength(4);
  });
});
