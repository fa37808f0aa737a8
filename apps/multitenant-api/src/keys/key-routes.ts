import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { Problem } from '../errors/problem.ts';
import type { TypedApp } from '../errors/validate.ts';
import { describeRoute } from '../openapi/describe-route.ts';
import { ensureTenant } from '../tenants/ensure-tenant.ts';
import { callerOf } from '../tokens/authenticate.ts';
import { scopes } from '../tokens/caller.ts';
import type { Guard } from '../tokens/guard.ts';
import type { RememberedTokens } from '../tokens/remember-verified.ts';
import { hashOf, newApiKey, prefixOf, writeApiKey } from './api-key.ts';

const keySchema = z.object({
  id: z.string(),
  prefix: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(scopes)),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
const shownOnce = keySchema.extend({ key: z.string() }).meta({ id: 'NewApiKey' });
const listed = keySchema.meta({ id: 'ApiKey' });
const newKey = z.strictObject({
  name: z.string().trim().min(1, 'at least 1 character').max(100, 'at most 100 characters'),
  scopes: z.array(z.enum(scopes, `one of ${scopes.join(', ')}`)).min(1, 'at least one scope'),
  expiresAt: z.iso.datetime('an instant such as 2030-01-31T00:00:00Z').nullable().default(null),
});
const idPath = z.object({ id: z.string().regex(/^[0-9a-f]{12}$/, 'the id of an API key') });
const tags = ['API keys'];
const columns = `id, 'mtk_' || id AS prefix, name, scopes, created_by AS "createdBy", created_at AS "createdAt",
  expires_at AS "expiresAt", revoked_at AS "revokedAt"`;

interface KeyPorts {
  readonly database: Database;
  readonly guard: Guard;
  readonly remembered: RememberedTokens;
}

/** `GET` and `POST /api/keys`: for administrators of the tenant. The key itself is in the answer to the POST and nowhere else. */
export function keyRoutes(app: TypedApp, ports: KeyPorts): void {
  const { database, guard } = ports;
  app.get(
    '/api/keys',
    {
      onRequest: guard('admin'),
      schema: describeRoute(
        {},
        {
          tags,
          summary: 'API keys of the tenant',
          answer: { status: 200, body: z.object({ keys: z.array(listed) }) },
        },
      ),
    },
    (request) =>
      database.forTenant(callerOf(request).tenant, async (client) => ({
        keys: (await client.query(`SELECT ${columns} FROM api_keys ORDER BY created_at DESC LIMIT 1000`))
          .rows,
      })),
  );

  createRoute(app, ports);
  revokeRoute(app, ports);
}

function createRoute(app: TypedApp, { database, guard }: KeyPorts): void {
  app.post(
    '/api/keys',
    {
      onRequest: guard('admin'),
      schema: describeRoute(
        { body: newKey },
        {
          tags,
          summary: 'Make an API key; it is shown this once',
          answer: { status: 201, body: shownOnce },
          refusals: ['invalid-request'],
        },
      ),
    },
    async (request, reply) => {
      const { tenant, sub } = callerOf(request);
      const key = newApiKey(tenant);
      const { name, scopes: granted, expiresAt } = request.body;
      const made = await database.forTenant(tenant, async (client) => {
        await ensureTenant(client, tenant);
        const text = `INSERT INTO api_keys (id, name, secret_hash, scopes, created_by, expires_at)
          VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${columns}`;
        return client.query<Record<string, unknown>>(text, [
          key.id,
          name,
          hashOf(key.secret),
          granted,
          sub,
          expiresAt,
        ]);
      });
      return reply.code(201).send({ ...made.rows[0], prefix: prefixOf(key.id), key: writeApiKey(key) });
    },
  );
}

function revokeRoute(app: TypedApp, { database, guard, remembered }: KeyPorts): void {
  app.delete(
    '/api/keys/:id',
    {
      onRequest: guard('admin'),
      schema: describeRoute(
        { params: idPath },
        {
          tags,
          summary: 'Revoke an API key; other replicas may take it for a few seconds more',
          answer: { status: 204 },
          refusals: ['invalid-request', 'not-found'],
        },
      ),
    },
    async (request, reply) => {
      const { tenant } = callerOf(request);
      const { id } = request.params;
      await database.forTenant(tenant, async (client) => {
        const text = 'UPDATE api_keys SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1';
        const revoked = await client.query(text, [id]);
        if (revoked.rowCount === 0) throw new Problem('not-found', `API key ${id} does not exist`);
      });
      remembered.forget(tenant, `key:${id}`);
      return reply.code(204).send();
    },
  );
}
