import { type TenantPage, tenantLinkSecret, tenantPage } from '@tocsin/contract';
import type { Log } from '../log.ts';
import { openPool } from '../open-pool.ts';
import { readTenantLink } from './read-tenant-link.ts';

/** A tenant's page, and how long ago the responder stood by what is published, milliseconds. */
export interface FoundPage {
  readonly page: TenantPage;
  readonly ageMs: number;
}

/** Reads the page that a link leads to. */
export interface TenantPages {
  /** Null: nobody has such a link, or it has ended. Throws when the database is away. */
  find(token: string): Promise<FoundPage | null>;
  close(): Promise<void>;
}

/** The secret and a tenant's row; only what carries our signature asks the database for a tenant. */
export function readTenantPages(
  { databaseUrl, serviceId }: { readonly databaseUrl: string; readonly serviceId: string },
  log: Log,
  now: () => number = Date.now,
): TenantPages {
  const pool = openPool(databaseUrl, log);
  let secret: string | null = null;
  let closing: Promise<void> | null = null;

  async function secretOf(): Promise<string | null> {
    if (secret !== null) return secret;
    const { rows } = await pool.query<{ value: string }>('select value from kept_secrets where name = $1', [
      tenantLinkSecret,
    ]);
    secret = rows[0]?.value ?? null;
    return secret;
  }

  return {
    find: async (token) => {
      const signedWith = await secretOf();
      const link =
        signedWith === null ? null : readTenantLink({ secret: signedWith, serviceId }, token, now());
      if (link === null) return null;
      const { rows } = await pool.query<{ page: unknown; age_ms: number }>(
        `select page, extract(epoch from clock_timestamp() - checked_at)::float8 * 1000 as age_ms
         from status_page_tenants join status_page_snapshots using (service_id)
         where service_id = $1 and tenant = $2 and links = $3`,
        [serviceId, link.tenant, link.version],
      );
      const page = tenantPage.safeParse(rows[0]?.page).data;
      return page === undefined ? null : { page, ageMs: Math.max(0, rows[0]?.age_ms ?? 0) };
    },
    close: () => (closing ??= pool.end()),
  };
}
