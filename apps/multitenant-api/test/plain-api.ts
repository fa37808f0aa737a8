/**
 * What the benchmark compares with: Fastify and pg with the same query, without tenants, tokens, limits, metrics and log, written as well as
 * one would: a prepared statement, a schema for the answer.
 */
import { fastify } from 'fastify';
import { Pool } from 'pg';

const { PGHOST, PGPORT, ADMIN_PGUSER, ADMIN_PGPASSWORD, PGDATABASE, POOL_SIZE, PORT } = process.env;
const pool = new Pool({
  host: PGHOST,
  port: Number(PGPORT),
  user: ADMIN_PGUSER,
  password: ADMIN_PGPASSWORD,
  database: PGDATABASE ?? 'multitenant',
  max: Number(POOL_SIZE),
});
const text = `SELECT id::text, name, value, created_by AS "createdBy", created_at AS "createdAt", updated_at AS "updatedAt", version
  FROM plain_items WHERE plain_items.id < $1 ORDER BY plain_items.id DESC LIMIT $2`;
const item = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    name: { type: 'string' },
    value: {},
    createdBy: { type: 'string' },
    createdAt: { type: 'string', format: 'date-time' },
    updatedAt: { type: 'string', format: 'date-time' },
    version: { type: 'integer' },
  },
};
const page = { type: 'object', properties: { items: { type: 'array', items: item } } };

const app = fastify();
app.get('/readyz', async () => (await pool.query('SELECT 1')).rows);
app.get('/api/data', { schema: { response: { 200: page } } }, async () => {
  const found = await pool.query({ name: 'list', text, values: ['9223372036854775807', 20] });
  return { items: found.rows };
});
await app.listen({ host: '127.0.0.1', port: Number(PORT) });
