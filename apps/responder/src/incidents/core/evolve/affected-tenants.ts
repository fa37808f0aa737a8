import type { Assessment } from '#detection';

/** Every tenant that was ever measured as harmed, in the order of the alphabet. */
export function affectedTenants(before: readonly string[] = [], { tenants }: Assessment): readonly string[] {
  const harmed = tenants.filter((one) => one.judged && one.harm !== 'none').map((one) => one.tenant);
  return [...new Set([...before, ...harmed])].toSorted();
}
