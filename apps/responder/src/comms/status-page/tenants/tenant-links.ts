import { randomBytes } from 'node:crypto';
import { type TenantLinkView, tenantLinkSecret } from '@tocsin/contract';
import { AppError, keptSecret, type Queryable, urlUnder } from '#platform';
import { signTenantLink } from './sign-tenant-link.ts';

/** Links to tenants' own pages. */
export interface TenantLinks {
  /** Good for so many days, or until the tenant's links are ended. Throws AppError for a tenant that nobody has heard of. */
  make(tenant: string, days: number): Promise<TenantLinkView>;
  /** Links that were made until now lead nowhere any more. Throws AppError for a tenant that nobody has heard of. */
  end(tenant: string): Promise<void>;
}

export interface TenantLinksOptions {
  readonly serviceId: string;
  /** Where visitors reach the status page. */
  readonly pageUrl: string;
  /** Tenants that mails go to: they may have met no outage yet. */
  readonly customers: readonly string[];
}

const dayMs = 86_400_000;

export function createTenantLinks(db: Queryable, options: TenantLinksOptions): TenantLinks {
  const { serviceId, pageUrl, customers } = options;

  async function know(tenant: string): Promise<void> {
    if (customers.includes(tenant)) return;
    const known = 'select 1 from status_page_tenants where service_id = $1 and tenant = $2';
    if ((await db.query(known, [serviceId, tenant])).rowCount === 0)
      throw new AppError(
        'not-found',
        `tenant "${tenant}": expected one of the configuration, or one that an outage has hit`,
      );
  }

  return {
    make: async (tenant, days) => {
      await know(tenant);
      const { rows } = await db.query<{ links: number; now: number }>(
        `insert into status_page_tenants as t (service_id, tenant) values ($1, $2)
         on conflict (service_id, tenant) do update set tenant = excluded.tenant
         returning links, clock_timestamp() as now`,
        [serviceId, tenant],
      );
      const [row] = rows;
      if (row === undefined) throw new Error(`tenant ${tenant}: its row was written, and is not there`);
      const secret = await keptSecret(db, tenantLinkSecret, () => randomBytes(32).toString('base64url'));
      const expiresAt = row.now + days * dayMs;
      const token = signTenantLink(secret, serviceId, { tenant, version: row.links, expiresAt });
      return {
        tenant,
        url: urlUnder(pageUrl, `tenant/${token}/`),
        expiresAt: new Date(Math.floor(expiresAt / 1000) * 1000).toISOString(),
      };
    },
    end: async (tenant) => {
      await know(tenant);
      await db.query(
        'update status_page_tenants set links = links + 1 where service_id = $1 and tenant = $2',
        [serviceId, tenant],
      );
    },
  };
}
