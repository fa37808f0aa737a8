import type { Handlers } from '../handler.ts';

export const statusPageHandlers = {
  makeTenantLink: ({ ports }, { body }) => ports.comms.tenantLinks.make(body.tenant, body.days),

  endTenantLinks: async ({ ports }, { body }) => {
    await ports.comms.tenantLinks.end(body.tenant);
    return { ok: true };
  },
} satisfies Partial<Handlers>;
