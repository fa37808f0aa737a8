/** A prepared statement of one round trip: its first value is the tenant, and it sees the rows of that tenant only. */
export interface TenantStatement {
  readonly name: string;
  readonly text: string;
}

/**
 * Puts `app.tenant` before a query in the same statement, for its transaction only. `inner` must use `fence.tenant`: what depends on
 * it runs after it was set. Were it to run before, row-level security would find no tenant and show no row.
 * @param inner a SELECT whose values count from $2.
 */
export function tenantStatement(name: string, inner: string): TenantStatement {
  if (!inner.includes('fence.tenant')) throw new Error(`statement ${name}: expected a use of fence.tenant`);
  const text = `SELECT found.* FROM (SELECT set_config('app.tenant', $1, true) AS tenant OFFSET 0) AS fence
    CROSS JOIN LATERAL (${inner}) AS found`;
  return { name, text };
}
