import { setImmediate as turn } from 'node:timers/promises';
import type { EpochMs } from '#facts';
import type { Queryable } from '#platform';
import type { IncidentFacts } from '../public-incident.ts';
import { storeTenantPages } from './store-tenant-pages.ts';
import { tenantPageOf } from './tenant-page-of.ts';

/** Made and written at a time: between two of them there is time for a page of the other kind. */
const atOnce = 50;

/** Brings the pages of all tenants up to what is known: of the configuration, hit by an incident, or with a page from before: their last outage may be too old to name them. */
export async function publishTenantPages(
  db: Queryable,
  { serviceId, tenants }: { readonly serviceId: string; readonly tenants: readonly string[] },
  incidents: readonly IncidentFacts[],
  span: { readonly since: EpochMs; readonly at: EpochMs },
): Promise<void> {
  const theirs = new Map<string, IncidentFacts[]>(
    [...tenants, ...(await tenantsWithPages(db, serviceId))].map((one) => [one, []]),
  );
  for (const incident of incidents)
    for (const tenant of incident.affectedTenants)
      theirs.set(tenant, [...(theirs.get(tenant) ?? []), incident]);
  const all = [...theirs];
  for (let from = 0; from < all.length; from += atOnce) {
    const pages = all.slice(from, from + atOnce).map(([tenant, own]) => tenantPageOf(tenant, own, span));
    await storeTenantPages(db, serviceId, pages);
    await turn();
  }
}

async function tenantsWithPages(db: Queryable, serviceId: string): Promise<readonly string[]> {
  const { rows } = await db.query<{ tenant: string }>(
    'select tenant from status_page_tenants where service_id = $1',
    [serviceId],
  );
  return rows.map(({ tenant }) => tenant);
}
