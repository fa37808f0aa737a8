import type { PoolClient } from 'pg';

/** Makes the row of the transaction's tenant if it has none yet: whoever may sign tokens decides which tenants there are. */
export async function ensureTenant(client: PoolClient, tenant: string): Promise<void> {
  await client.query('INSERT INTO tenants (tenant, name) VALUES ($1, $1) ON CONFLICT (tenant) DO NOTHING', [
    tenant,
  ]);
}
