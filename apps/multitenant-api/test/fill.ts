import { Client } from 'pg';
import { environment } from './service.ts';
import type { TestPostgres } from './postgres.ts';

/** Gives each of `tenants` ids its items, and the table `plain_items` of the benchmark's other side all of them without tenants. */
export async function fill(
  postgres: TestPostgres,
  tenants: readonly string[],
  itemsPerTenant: number,
): Promise<void> {
  const env = environment(postgres);
  const client = new Client({
    host: '127.0.0.1',
    port: postgres.port,
    user: postgres.adminUser,
    password: postgres.adminPassword,
    database: env['PGDATABASE'] ?? 'multitenant',
  });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO items (tenant, name, value, created_by)
       SELECT tenant, 'order ' || n, jsonb_build_object('amount', n, 'currency', 'EUR'), 'fill'
       FROM generate_series(1, $2) AS n, unnest($1::text[]) AS tenant`,
      [tenants, itemsPerTenant],
    );
    await client.query(
      `CREATE TABLE plain_items (id bigint PRIMARY KEY, name text, value jsonb, created_by text, created_at timestamptz,
         updated_at timestamptz, version int)`,
    );
    await client.query(
      `INSERT INTO plain_items SELECT row_number() OVER (), name, value, created_by, created_at, updated_at, version
       FROM items`,
    );
    await client.query('VACUUM ANALYZE items');
    await client.query('VACUUM ANALYZE plain_items');
  } finally {
    await client.end();
  }
}
