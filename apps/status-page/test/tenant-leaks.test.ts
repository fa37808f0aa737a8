import { pageLanguages } from '@tocsin/contract';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { IncidentFacts } from '../../responder/src/comms/status-page/public-incident.ts';
import { tenantPageOf } from '../../responder/src/comms/status-page/tenants/tenant-page-of.ts';
import { outage } from '../../responder/test/outage-facts.ts';
import { wholePage } from '../src/pages/whole-page.ts';
import { writingIn } from '../src/site.ts';
import { tenantContent } from '../src/tenant/tenant-page.ts';
import { pageOf } from './page-snapshot.ts';

const minuteMs = 60_000;
const now = 1_700_000_000_000;
const span = { since: now - 90 * 24 * 60 * minuteMs, at: now };

/** The page of a tenant as it is sent, in every language. */
function pagesOf(tenant: string, incidents: readonly IncidentFacts[]): readonly string[] {
  const page = tenantPageOf(tenant, incidents, span);
  return pageLanguages.map((language) => {
    const { writing, addressIn } = writingIn(language, pageOf());
    const frame = { language, path: 'tenant/token/', addressIn, title: writing.words.tenant.title(tenant) };
    return wholePage(writing, frame, tenantContent(writing, page));
  });
}

/** As if there were nobody but that tenant. */
function only(tenant: string, incidents: readonly IncidentFacts[]): readonly IncidentFacts[] {
  return incidents
    .filter(({ affectedTenants }) => affectedTenants.includes(tenant))
    .map((one) => ({
      ...one,
      affectedTenants: [tenant],
      letters: one.letters.filter((letter) => letter.tenant === tenant),
      assessment: {
        ...one.assessment,
        tenants: one.assessment.tenants.filter((measured) => measured.tenant === tenant),
      },
    }));
}

const names = ['north', 'south'] as const;
const harm = fc.constantFrom('none' as const, 'slow' as const, 'errors' as const);
const someNames = fc.subarray([...names]);
const minutesAgo = fc.integer({ min: 1, max: 60 * 24 * 100 });

const facts = fc
  .record({
    affected: someNames,
    written: someNames,
    harms: fc.tuple(harm, harm),
    startedAgo: minutesAgo,
    isOver: fc.boolean(),
    isSecret: fc.boolean(),
    isDrill: fc.boolean(),
    said: fc.string({ maxLength: 20 }),
  })
  .map(({ affected, written, harms, startedAgo, isOver, isSecret, isDrill, said }) => {
    const startedAt = now - startedAgo * minuteMs;
    const endedAt = isOver ? startedAt + Math.ceil(startedAgo / 2) * minuteMs : null;
    const measured = outage(now, isSecret ? { restricted: 'security' } : {});
    const tenants = measured.tenants.slice(0, 2).map((one, index) => ({
      ...one,
      tenant: names[index] ?? '',
      harm: harms[index] ?? 'none',
    }));
    const assessment = { ...measured, tenants };
    const word = { status: 'identified', at: startedAt, nextDueAt: null };
    const letters = written.map((tenant) => ({
      ...word,
      id: `l${tenant}`,
      body: `${tenant}: ${said}`,
      tenant,
    }));
    return {
      status: isOver ? ('stable' as const) : ('open' as const),
      isDrill,
      isMerged: false,
      impactStartAt: startedAt,
      impactEndAt: endedAt,
      correction: null,
      endedAt,
      isEndMeasured: isOver,
      assessment,
      assessments: [assessment],
      updates: [],
      affectedTenants: affected,
      letters,
    };
  });

const incidentsOf = fc
  .array(facts, { maxLength: 5 })
  .map((all): readonly IncidentFacts[] =>
    all.map((one, index) => ({ ...one, id: `inc_${index}`, number: index })),
  );

it('a page is the same whatever happens to another tenant, and names none', () => {
  fc.assert(
    fc.property(incidentsOf, fc.constantFrom(...names), (incidents, own) => {
      const pages = pagesOf(own, incidents);
      expect(pages).toEqual(pagesOf(own, only(own, incidents)));
      const [other = ''] = names.filter((one) => one !== own);
      for (const page of pages) expect(page).not.toContain(`${other}: `);
    }),
  );
});
