import type { TenantPage } from '@tocsin/contract';
import type { Database } from '#platform';

/** Writes the pages of tenants that say something else than before; how they stand in the database is read once. */
export function createStoreTenantPages(db: Database, serviceId: string) {
  let known: Map<string, string> | null = null;
  return async (pages: readonly TenantPage[]): Promise<void> => {
    known ??= await readKnown(db, serviceId);
    const changed = pages.filter((page) => known?.get(page.tenant) !== textOf(page));
    if (changed.length === 0) return;
    await db.query(
      `insert into status_page_tenants as t (service_id, tenant, page, changed_at)
       select $1, page->>'tenant', page, clock_timestamp() from jsonb_array_elements($2::jsonb) as page
       on conflict (service_id, tenant) do update set page = excluded.page, changed_at = excluded.changed_at`,
      [serviceId, JSON.stringify(changed)],
    );
    for (const page of changed) known.set(page.tenant, textOf(page));
  };
}

async function readKnown(db: Database, serviceId: string): Promise<Map<string, string>> {
  const { rows } = await db.query<{ tenant: string; page: TenantPage | null }>(
    'select tenant, page from status_page_tenants where service_id = $1 and page is not null',
    [serviceId],
  );
  return new Map(rows.map(({ tenant, page }) => [tenant, page === null ? '' : textOf(page)]));
}

/** In an order of its own: PostgreSQL gives fields back as it likes. */
function textOf(page: TenantPage): string {
  return JSON.stringify(page, (_name, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
