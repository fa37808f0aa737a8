import type { IncidentView } from '@tocsin/contract';

/** Tenants that are harmed as an incident stands, with those that were before; sorted. Pure. */
export function harmedTenants(
  before: readonly string[],
  { tenants }: Pick<IncidentView, 'tenants'>,
): readonly string[] {
  const now = tenants.filter((one) => one.harm !== 'none').map((one) => one.tenant);
  return [...new Set([...before, ...now])].toSorted();
}
