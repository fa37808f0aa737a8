import { z } from 'zod';
import { endTenantLinks, makeTenantLink, tenantLinkView } from './tenant-page.ts';

/** Routes about what customers see. */
export const statusPageRoutes = {
  makeTenantLink: {
    method: 'POST',
    path: '/api/status-page/tenant-links',
    summary: 'A signed link to the page of one tenant',
    role: 'responder',
    body: makeTenantLink,
    response: tenantLinkView,
  },
  endTenantLinks: {
    method: 'POST',
    path: '/api/status-page/tenant-links/end',
    summary: 'Ends every link to the page of one tenant that was made until now',
    role: 'responder',
    body: endTenantLinks,
    response: z.object({ ok: z.boolean() }),
  },
} as const;
