import { z } from 'zod';
import type { Database } from '../database/database.ts';
import type { TypedApp } from '../errors/validate.ts';
import { describeRoute } from '../openapi/describe-route.ts';
import { callerOf } from '../tokens/authenticate.ts';
import type { Guard } from '../tokens/guard.ts';
import { ensureTenant } from './ensure-tenant.ts';

const tenantSchema = z
  .object({ id: z.string(), name: z.string(), createdAt: z.iso.datetime() })
  .meta({ id: 'Tenant' });
const change = z.strictObject({
  name: z.string().trim().min(1, 'at least 1 character').max(200, 'at most 200 characters'),
});
const tags = ['tenant'];

interface Row {
  id: string;
  name: string;
  createdAt: Date;
}

const columns = 'tenant AS id, name, created_at AS "createdAt"';

/** `/api/tenant`: the caller's own tenant; there is no way to name another. */
export function tenantRoutes(app: TypedApp, ports: { database: Database; guard: Guard }): void {
  const { database, guard } = ports;

  app.get(
    '/api/tenant',
    {
      onRequest: guard('data:read'),
      schema: describeRoute(
        {},
        { tags, summary: 'The tenant of the token', answer: { status: 200, body: tenantSchema } },
      ),
    },
    (request) => {
      const { tenant } = callerOf(request);
      return database.forTenant(tenant, async (client) => {
        await ensureTenant(client, tenant);
        return (await client.query<Row>(`SELECT ${columns} FROM tenants`)).rows[0];
      });
    },
  );

  app.patch(
    '/api/tenant',
    {
      onRequest: guard('admin'),
      schema: describeRoute(
        { body: change },
        {
          tags,
          summary: 'Rename the tenant',
          answer: { status: 200, body: tenantSchema },
          refusals: ['invalid-request'],
        },
      ),
    },
    (request) => {
      const { tenant } = callerOf(request);
      return database.forTenant(tenant, async (client) => {
        await ensureTenant(client, tenant);
        const renamed = await client.query<Row>(`UPDATE tenants SET name = $1 RETURNING ${columns}`, [
          request.body.name,
        ]);
        return renamed.rows[0];
      });
    },
  );
}
