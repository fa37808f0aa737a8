import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asAdmin, startPostgres, type TestPostgres } from '../test/postgres.ts';
import { startService, tokenFor, type TestService } from '../test/service.ts';

let postgres: TestPostgres;
let service: TestService;
let limited: Client;

/** A row of each table as its tenant writes it, numbered so that each is another; a table without an entry here fails the first test. */
const sampleInserts: Record<string, (tenant: string, n: number) => string> = {
  items: (tenant, n) =>
    `INSERT INTO items (tenant, name, value, created_by) VALUES ('${tenant}', 'n${n}', '1', 'u') RETURNING tenant`,
  idempotency_keys: (tenant, n) =>
    `INSERT INTO idempotency_keys (tenant, caller, key, request_hash, etag, answer, expires_at)
     VALUES ('${tenant}', 'u', 'k${n}', 'h', 'e', '{}', now()) RETURNING tenant`,
  tenants: (tenant) =>
    `INSERT INTO tenants (tenant, name) VALUES ('${tenant}', 'n') ON CONFLICT (tenant) DO UPDATE SET name = 'n' RETURNING tenant`,
  users: (tenant, n) =>
    `INSERT INTO users (tenant, id, email, role) VALUES ('${tenant}', 'u${n}', '${n}@${tenant}.example', 'member') RETURNING tenant`,
  api_keys: (tenant, n) =>
    `INSERT INTO api_keys (tenant, id, name, secret_hash, scopes, created_by)
     VALUES ('${tenant}', 'k${n}', 'n', '\\x00', '{data:read}', 'u') RETURNING tenant`,
};

/** Kept by the one who migrates; the limited role cannot reach it. */
const ownersTables = ['schema_migrations'];

interface Fence {
  relname: string;
  relrowsecurity: boolean;
  relforcerowsecurity: boolean;
  policies: number;
  owner: string;
}

/** Every table, view and partition of the schema, from the catalogue. */
async function fences(): Promise<Fence[]> {
  const found = await limited.query<Fence>(
    `SELECT relname, relrowsecurity, relforcerowsecurity, pg_get_userbyid(relowner) AS owner,
       (SELECT count(*)::int FROM pg_policy WHERE polrelid = pg_class.oid) AS policies
     FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND relnamespace = 'public'::regnamespace ORDER BY 1`,
  );
  return found.rows;
}

/** What is wrong with the fences of the schema; nothing when every table that the role may reach is fenced and known here. */
async function holes(): Promise<string[]> {
  const role = service.config.PGUSER;
  return (await fences()).flatMap((table) => {
    if (ownersTables.includes(table.relname)) return [];
    const { relname, relrowsecurity, relforcerowsecurity, policies, owner } = table;
    return [
      ...(relname in sampleInserts ? [] : [`${relname} is not known to this test`]),
      ...(relrowsecurity && relforcerowsecurity ? [] : [`${relname} is not fenced, for its owner too`]),
      ...(policies > 0 ? [] : [`${relname} has no policy`]),
      ...(owner === role ? [`${relname} belongs to the limited role`] : []),
    ];
  });
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

/** Rows that a statement touched; a refusal by rights or policy touched none. */
async function touched(tenant: string, sql: string): Promise<number> {
  try {
    return (await asTenant(tenant, () => limited.query(sql))).rowCount ?? 0;
  } catch (error) {
    if (/permission denied|row-level security/.test(String(error))) return 0;
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
  for (const tenant of ['a', 'b']) {
    await asTenant(tenant, () => limited.query(sampleInserts['tenants']?.(tenant, 0) ?? ''));
  }
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

describe('the fence', () => {
  it('is around every table of the catalogue, for a role that cannot climb it', async () => {
    expect((await fences()).map((table) => table.relname)).toEqual(
      [...Object.keys(sampleInserts), ...ownersTables].toSorted(),
    );
    expect(await holes()).toEqual([]);
    const role = await limited.query(
      'SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user',
    );
    expect(role.rows[0]).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
    });
    const memberships = await limited.query(
      'SELECT 1 FROM pg_auth_members WHERE member = (SELECT oid FROM pg_roles WHERE rolname = current_user)',
    );
    expect(memberships.rowCount).toBe(0);
  });

  it('is missed as soon as a table comes without', async () => {
    await asAdmin(postgres, 'CREATE TABLE forgotten (tenant text)');
    expect(await holes()).toEqual([
      'forgotten is not known to this test',
      'forgotten is not fenced, for its owner too',
      'forgotten has no policy',
    ]);
    await asAdmin(postgres, 'DROP TABLE forgotten');
  });

  it.each(ownersTables)('keeps the role away from %s altogether', async (table) => {
    await expect(limited.query(`SELECT * FROM ${table}`)).rejects.toThrow(/permission denied/);
  });
});

describe('rows of one tenant', () => {
  it.each(Object.entries(sampleInserts))(
    'of %s cannot be read, written, moved or removed by another',
    async (table, insert) => {
      await asTenant('a', () => limited.query(insert('a', 1)));
      await asTenant('b', () => limited.query(insert('b', 2)));
      const own = await asTenant('a', () => limited.query(`SELECT * FROM ${table}`));
      expect(own.rowCount).toBeGreaterThan(0);
      expect(new Set(own.rows.map((row: { tenant: string }) => row.tenant))).toEqual(new Set(['a']));

      const other = await asTenant('b', () => limited.query(`SELECT * FROM ${table} WHERE tenant = 'a'`));
      expect(other.rows).toEqual([]);
      await expect(asTenant('b', () => limited.query(insert('a', 3)))).rejects.toThrow(/row-level security/);
      expect(await touched('b', `UPDATE ${table} SET tenant = 'b' WHERE tenant = 'a'`)).toBe(0);
      expect(await touched('b', `UPDATE ${table} SET tenant = 'a'`)).toBe(0);
      expect(await touched('b', `DELETE FROM ${table} WHERE tenant = 'a'`)).toBe(0);
      const after = await asTenant('a', () => limited.query(`SELECT * FROM ${table}`));
      expect(after.rows).toEqual(own.rows);
      await expect(limited.query(`ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`)).rejects.toThrow(/owner/);
      await expect(limited.query(`TRUNCATE ${table}`)).rejects.toThrow(/permission denied/);
      await expect(limited.query(`SET ROLE ${postgres.adminUser}`)).rejects.toThrow(/permission denied/);
    },
  );

  it.each(Object.entries(sampleInserts))(
    'of %s stay when another changes all it can',
    async (table, insert) => {
      await asTenant('a', () => limited.query(insert('a', 4)));
      const before = await asTenant('a', () => limited.query(`SELECT * FROM ${table}`));
      const columns = await limited.query<{ column_name: string }>(
        `SELECT column_name FROM information_schema.column_privileges
       WHERE grantee = current_user AND table_name = $1 AND privilege_type = 'UPDATE'`,
        [table],
      );
      for (const { column_name: column } of columns.rows)
        await touched('b', `UPDATE ${table} SET ${column} = ${column}`);
      await touched('b', `DELETE FROM ${table}`);
      const after = await asTenant('a', () => limited.query(`SELECT * FROM ${table}`));
      expect(after.rows).toEqual(before.rows);
    },
  );

  it.each(Object.keys(sampleInserts))('of %s are invisible when no tenant is set', async (table) => {
    expect((await limited.query(`SELECT * FROM ${table}`)).rows).toEqual([]);
    expect((await asTenant('', () => limited.query(`SELECT * FROM ${table}`))).rows).toEqual([]);
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

  it.each(['GET', 'PUT', 'PATCH', 'DELETE'])('answer 404 to %s by another', async (method) => {
    const body = JSON.stringify({ name: 'mine', value: 1 });
    const made = await service.ask('/api/data', { tenant: 't1', method: 'POST', body });
    const { id } = (await made.json()) as { id: string };
    const withBody = method === 'PUT' || method === 'PATCH' ? { body } : {};
    const answer = await service.ask(`/api/data/${id}`, { tenant: 't2', method, ...withBody });
    expect(answer.status).toBe(404);
    expect((await service.ask(`/api/data/${id}`, { tenant: 't1' })).status).toBe(200);
  });
});

describe('one connection that serves one tenant after the other', () => {
  it('keeps nothing of the last one, and a setting left behind opens nothing', async () => {
    const single = await startService(postgres, { POOL_SIZE: '1' });
    const list = async (tenant: string): Promise<string[]> => {
      const authorization = `Bearer ${await tokenFor(tenant)}`;
      const answer = await single.ask('/api/data?limit=100', { headers: { authorization } });
      return ((await answer.json()) as { items: { name: string }[] }).items.map((item) => item.name);
    };
    const left = async (): Promise<string | null> => {
      const seen = await single.app.database.forTenant('t1', async (client) => {
        await client.query('COMMIT');
        const found = await client.query<{ tenant: string | null }>(
          "SELECT current_setting('app.tenant', true) AS tenant",
        );
        await client.query('BEGIN');
        return found.rows[0]?.tenant ?? null;
      });
      return seen;
    };
    for (const tenant of ['p1', 'p2']) {
      const body = JSON.stringify({ name: `of ${tenant}`, value: 1 });
      await single.ask('/api/data', { tenant, method: 'POST', body });
    }
    expect(await list('p1')).toEqual(['of p1']);
    expect(await left()).toBe('');
    expect(await list('p2')).toEqual(['of p2']);

    // What no code here does: a setting for the whole session.
    await single.app.database.forTenant('p1', (client) =>
      client.query("SELECT set_config('app.tenant', 'p1', false)"),
    );
    expect(await list('p2')).toEqual(['of p2']);
    expect(await list('nobody')).toEqual([]);
    await single.close();
  });
});
