import type { TenantPage } from '@tocsin/contract';
import type { Queryable } from '#platform';

/** Writes the pages of tenants that say something else than their rows, whoever wrote those. */
export async function storeTenantPages(
  db: Queryable,
  serviceId: string,
  pages: readonly TenantPage[],
): Promise<void> {
  await db.query(
    `insert into status_page_tenants as t (service_id, tenant, page, changed_at)
     select $1, page->>'tenant', page, clock_timestamp() from jsonb_array_elements($2::jsonb) as page
     on conflict (service_id, tenant) do update set page = excluded.page, changed_at = excluded.changed_at
       where t.page is distinct from excluded.page`,
    [serviceId, JSON.stringify(pages)],
  );
}
