import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { outage, restored } from '../../../../test/outage-facts.ts';
import type { IncidentFacts } from '../public-incident.ts';
import { tenantPageOf } from './tenant-page-of.ts';

const minuteMs = 60_000;
const at = 1_700_000_000_000;
const span = { since: at - 90 * 24 * 60 * minuteMs, at };

function incident(more: Partial<IncidentFacts> = {}): IncidentFacts {
  const assessment = outage(at);
  return {
    id: 'inc_1',
    number: 1,
    status: 'open',
    isDrill: false,
    isMerged: false,
    impactStartAt: at - 10 * minuteMs,
    impactEndAt: null,
    correction: null,
    endedAt: null,
    isEndMeasured: false,
    assessment,
    assessments: [assessment],
    updates: [],
    affectedTenants: ['t1'],
    letters: [],
    ...more,
  };
}

const told = (body: string, tenant = 't1') => ({
  id: `upd_${body}`,
  status: 'investigating',
  body,
  at,
  nextDueAt: null,
  tenant,
});

it('says how it stands for the tenant now, and for how long it was otherwise', () => {
  const page = tenantPageOf('t1', [incident()], span);
  expect(page).toMatchObject({ state: 'failing', harmedMinutes: 10 });
  const ending = incident({ assessment: restored(at, at - 1000) });
  expect(tenantPageOf('t1', [ending], span).state).toBe('ending');
  const over = incident({ status: 'stable', impactEndAt: at - 7 * minuteMs, endedAt: at });
  expect(tenantPageOf('t1', [over], span)).toMatchObject({
    state: 'well',
    harmedMinutes: 3,
    incidents: [{ status: 'resolved', harmedTo: new Date(at - 7 * minuteMs).toISOString() }],
  });
});

it('counts what overlaps once, and a person’s word before what was measured', () => {
  const ended = { status: 'stable', endedAt: at } as const;
  const first = incident({ ...ended, impactEndAt: at - 4 * minuteMs });
  const second = incident({ ...ended, impactStartAt: at - 8 * minuteMs, impactEndAt: at - 2 * minuteMs });
  expect(tenantPageOf('t1', [first, second], span).harmedMinutes).toBe(8);
  const corrected = { ...first, correction: { startAt: at - 5 * minuteMs, endAt: null } };
  expect(tenantPageOf('t1', [corrected], span).harmedMinutes).toBe(1);
});

it('a drill, a merged incident, one of others and an untold secret are none of theirs', () => {
  const secret = { ...outage(at), restricted: 'security' as const };
  const hidden = [
    incident({ isDrill: true }),
    incident({ isMerged: true }),
    incident({ affectedTenants: ['t2'] }),
    incident({ assessment: secret, assessments: [secret] }),
  ];
  expect(tenantPageOf('t1', hidden.slice(0, 3), span)).toMatchObject({ state: 'well', harmedMinutes: 0 });
  // Their requests fail, and nobody may say why: nothing is said of them.
  expect(tenantPageOf('t1', hidden, span)).toMatchObject({
    state: 'unknown',
    harmedMinutes: 0,
    incidents: [],
  });
  const unseen = incident({ assessment: { ...outage(at), tenants: [] } });
  expect(tenantPageOf('t1', [unseen], span).state).toBe('unknown');
  const spoken = incident({ assessments: [secret], letters: [told('we write to you')] });
  expect(tenantPageOf('t1', [spoken], span).incidents).toHaveLength(1);
});

it('nothing of another tenant is in it', () => {
  const name = fc.stringMatching(/^[a-z]{4,8}$/).map((one) => `tenant-${one}`);
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 6 }), fc.nat(5), (tenants, which) => {
      const own = tenants[which % tenants.length] ?? '';
      const incidents = tenants.map((_one, index) =>
        incident({
          id: `inc_${index}`,
          affectedTenants: tenants.slice(0, index + 1),
          letters: tenants.map((tenant) => told(`for ${tenant}`, tenant)),
        }),
      );
      const text = JSON.stringify(tenantPageOf(own, incidents, span));
      const others = tenants.filter((one) => one !== own);
      for (const other of others) expect(text).not.toMatch(new RegExp(`${other}(?![a-z])`));
      expect(text).toContain(own);
    }),
  );
});
