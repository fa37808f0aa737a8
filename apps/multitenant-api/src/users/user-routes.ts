import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { codeOf } from '../database/explain-failure.ts';
import { Problem } from '../errors/problem.ts';
import type { TypedApp } from '../errors/validate.ts';
import { describeRoute } from '../openapi/describe-route.ts';
import { ensureTenant } from '../tenants/ensure-tenant.ts';
import { callerOf } from '../tokens/authenticate.ts';
import { roles } from '../tokens/caller.ts';
import type { Guard } from '../tokens/guard.ts';

const userSchema = z
  .object({ id: z.string(), email: z.string(), role: z.enum(roles), createdAt: z.iso.datetime() })
  .meta({ id: 'User' });
const newUser = z.strictObject({
  email: z.email('an e-mail address').max(254, 'at most 254 characters'),
  role: z.enum(roles, `one of ${roles.join(', ')}`).default('member'),
});
const userChange = z.strictObject({ role: z.enum(roles, `one of ${roles.join(', ')}`) });
const idPath = z.object({ id: z.uuid('the id of a user') });
const tags = ['users'];
const columns = 'id, email, role, created_at AS "createdAt"';
const body = userSchema;

/** An address stands for one user of a tenant. */
function explainTaken(error: unknown, email: string): unknown {
  if (codeOf(error) !== '23505') return error;
  return new Problem('conflict', `body.email: ${email} is a user already; expected another address`, {
    cause: error,
  });
}

function missing(id: string): Problem {
  return new Problem('not-found', `user ${id} does not exist`);
}

/** `GET` and `POST /api/users`: for administrators of the tenant. */
export function userRoutes(app: TypedApp, ports: { database: Database; guard: Guard }): void {
  const { database, guard } = ports;
  const onRequest = guard('admin');

  app.get(
    '/api/users',
    {
      onRequest,
      schema: describeRoute(
        {},
        {
          tags,
          summary: 'Users of the tenant',
          answer: { status: 200, body: z.object({ users: z.array(userSchema) }) },
        },
      ),
    },
    (request) =>
      database.forTenant(callerOf(request).tenant, async (client) => ({
        users: (await client.query(`SELECT ${columns} FROM users ORDER BY email LIMIT 1000`)).rows,
      })),
  );

  app.post(
    '/api/users',
    {
      onRequest,
      schema: describeRoute(
        { body: newUser },
        {
          tags,
          summary: 'Add a user',
          answer: { status: 201, body },
          refusals: ['invalid-request', 'conflict'],
        },
      ),
    },
    async (request, reply) => {
      const { tenant } = callerOf(request);
      const { email, role } = request.body;
      const made = await database
        .forTenant(tenant, async (client) => {
          await ensureTenant(client, tenant);
          const text = `INSERT INTO users (id, email, role) VALUES ($1, $2, $3) RETURNING ${columns}`;
          return client.query(text, [randomUUID(), email, role]);
        })
        .catch((error: unknown) => {
          throw explainTaken(error, email);
        });
      return reply.code(201).send(made.rows[0]);
    },
  );

  oneUserRoutes(app, ports);
}

function oneUserRoutes(app: TypedApp, { database, guard }: { database: Database; guard: Guard }): void {
  const onRequest = guard('admin');
  const refusals = ['invalid-request', 'not-found'] as const;

  app.patch(
    '/api/users/:id',
    {
      onRequest,
      schema: describeRoute(
        { params: idPath, body: userChange },
        { tags, summary: 'Give a user another role', answer: { status: 200, body }, refusals },
      ),
    },
    (request) => {
      const { id } = request.params;
      return database.forTenant(callerOf(request).tenant, async (client) => {
        const text = `UPDATE users SET role = $2 WHERE id = $1 RETURNING ${columns}`;
        const changed = await client.query(text, [id, request.body.role]);
        if (changed.rowCount === 0) throw missing(id);
        return changed.rows[0];
      });
    },
  );

  app.delete(
    '/api/users/:id',
    {
      onRequest,
      schema: describeRoute(
        { params: idPath },
        { tags, summary: 'Remove a user', answer: { status: 204 }, refusals },
      ),
    },
    async (request, reply) => {
      const { id } = request.params;
      await database.forTenant(callerOf(request).tenant, async (client) => {
        const removed = await client.query('DELETE FROM users WHERE id = $1', [id]);
        if (removed.rowCount === 0) throw missing(id);
      });
      return reply.code(204).send();
    },
  );
}
