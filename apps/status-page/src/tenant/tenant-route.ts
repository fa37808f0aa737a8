import { setTimeout as pause } from 'node:timers/promises';
import type { PageSnapshot } from '@tocsin/contract';
import type { VisitorRoute } from '../serve/create-server.ts';
import { stalenessOf } from '../follow/held-snapshot.ts';
import { visitorRoute } from '../serve/visitor-route.ts';
import type { TenantPages } from './read-tenant-page.ts';
import { tenantAway, tenantContent, tenantUnknown } from './tenant-page.ts';

/** Whatever stands there: a link that is cut short or mistyped leads to the same page as any other. */
const pattern = /^tenant\/([^/]+)$/;
/** The address is the key: found by no search, kept by nobody, and (as on every page) told no other site. */
const headers = ['X-Robots-Tag', 'noindex, nofollow'];

/** What leads nowhere is answered in steps: whether the database was asked does not show in how long it took. */
const stepMs = 100;

/** A tenant's own page, behind a signed link. */
export function tenantRoute(
  pages: Pick<TenantPages, 'find'>,
  snapshot: () => PageSnapshot | null,
): VisitorRoute {
  return visitorRoute({
    pattern,
    snapshot,
    headers,
    make: async (_request, writing, path) => {
      const { words } = writing;
      const [, token = ''] = pattern.exec(path) ?? [];
      const began = performance.now();
      try {
        const found = await pages.find(token);
        if (found === null) {
          await pause(stepMs - ((performance.now() - began) % stepMs));
          return { status: 404, title: words.tenant.unknownTitle, content: tenantUnknown(writing) };
        }
        return {
          status: 200,
          title: words.tenant.title(found.page.tenant),
          content: tenantContent(writing, found.page, stalenessOf({ confirmedAt: -found.ageMs }, 0)),
        };
      } catch {
        return { status: 503, title: words.tenant.unknownTitle, content: tenantAway(writing) };
      }
    },
  });
}
