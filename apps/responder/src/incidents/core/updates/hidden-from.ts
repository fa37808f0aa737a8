import type { Incident } from '../incident.ts';
import { type InternalNames, noNames } from './leak.ts';
import type { UpdateAudience } from './update.ts';

/** What an audience outside must not read: all of ours, but a customer who is alone with it their own name. */
export function hiddenFrom(
  audience: UpdateAudience,
  { affectedTenants = [] }: Pick<Incident, 'affectedTenants'>,
  names: InternalNames = noNames,
): InternalNames {
  const [own] = affectedTenants;
  if (audience !== 'customers' || affectedTenants.length !== 1) return names;
  return { ...names, tenants: names.tenants.filter((one) => one !== own) };
}
