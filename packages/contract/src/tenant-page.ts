import { z } from 'zod';
import { instant } from './instant.ts';
import { pageUpdate, publicStatuses } from './status-page.ts';

/** An outage as one tenant has met it. */
export const tenantIncident = z.object({
  id: z.string(),
  number: z.int(),
  status: z.enum(publicStatuses),
  /** When it harmed, by what was measured or by a person's word; null: it goes on. */
  harmedFrom: instant,
  harmedTo: instant.nullable(),
  /** What the public was told, and what this tenant was written to; newest first. */
  updates: z.array(pageUpdate),
});
export type TenantIncident = z.infer<typeof tenantIncident>;

/** All that a tenant's own page says: the row that the responder writes and the page's process reads. Nothing of any other tenant. */
export const tenantPage = z.object({
  format: z.literal(1),
  tenant: z.string(),
  /** How their requests fare while an outage that hits them goes on; `well` when none does, `unknown` when nobody sees or may say. */
  state: z.enum(['well', 'slow', 'failing', 'ending', 'unknown']),
  /** Minutes of the last 90 days in which an outage harmed them, rounded up. */
  harmedMinutes: z.int(),
  /** Newest first, 90 days back. */
  incidents: z.array(tenantIncident),
});
export type TenantPage = z.infer<typeof tenantPage>;

/** Asks for a link to a tenant's own page. */
export const makeTenantLink = z.strictObject({
  tenant: z.string().trim().min(1).max(200),
  /** How long it is good for. */
  days: z.int().min(1).max(400).default(30),
});
export type MakeTenantLink = z.input<typeof makeTenantLink>;

export const tenantLinkView = z.object({ tenant: z.string(), url: z.url(), expiresAt: instant });
export type TenantLinkView = z.infer<typeof tenantLinkView>;

/** Ends every link to a tenant's page that was made until now. */
export const endTenantLinks = z.strictObject({ tenant: z.string().trim().min(1).max(200) });
export type EndTenantLinks = z.infer<typeof endTenantLinks>;

/** What a link to a tenant's own page says. `version` counts up when all links of the tenant made before are to end. */
export interface TenantLink {
  readonly tenant: string;
  readonly version: number;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** Name of the secret in `kept_secrets` that signs such links. */
export const tenantLinkSecret = 'tenant-links';
