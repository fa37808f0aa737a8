import { describe, expect, test } from 'vitest';
import { createTeam, type TeamConfig } from '#oncall';
import { memoryEngine } from '../../../test/engine.ts';
import { Harness } from '../../../test/harness.ts';
import { people } from '../../../test/people.ts';
import { plan } from '../../../test/runbook.ts';

/** The outage begins on 2026-01-31 at 03:00 UTC; both levels hand over at 03:04. */
const handsOver = (id: string, members: string[], hours?: { from: string; to: string }[]) => ({
  id,
  zone: 'UTC',
  layers: [
    {
      id: 'main',
      people: members,
      every: 'daily',
      start: '2026-01-30T03:04',
      whenAway: 'next' as const,
      ...(hours === undefined ? {} : { hours }),
    },
  ],
});

function outage(more: Partial<TeamConfig>): Harness {
  const onCall = { 1: ['first'], 2: ['second'], 3: ['management'], 4: ['executive'] };
  return new Harness({ engine: memoryEngine(plan, createTeam({ people, onCall, smtp: {}, ...more })) });
}

describe('shifts', () => {
  test('who is called is looked up at the instant of the page, and the page keeps whom', async () => {
    const schedules = [
      handsOver('first', ['primary', 'dba']),
      handsOver('second', ['secondary', 'security']),
    ];
    const h = outage({ schedules });
    await h.fails();
    h.expectPage('primary', 'opened');
    h.expect('gather-evidence');
    await h.at('5.1min');
    expect(h.expectPage('security', 'unacknowledged').page.note).toBeNull();
    const incident = await h.engine.incident();
    expect(incident?.pages.map((page) => page.person)).toEqual(['primary', 'security']);
  });

  test('a gap is no wait: the next level is called at once, and the reason is on the page', async () => {
    const schedules = [
      handsOver('first', ['primary'], [{ from: '08:00', to: '20:00' }]),
      handsOver('second', ['secondary']),
    ];
    const h = outage({ schedules });
    await h.fails();
    expect(h.expectPage('secondary', 'opened').page.note).toContain(
      'schedule first: layer main is outside its hours',
    );
    h.expect('gather-evidence');
  });

  test('a schedule that cannot be read stops no incident: the next level is called, and the reason is on the page', async () => {
    const broken = handsOver('first', ['primary']);
    const schedules = [
      { ...broken, layers: broken.layers.map((one) => ({ ...one, start: '2026-01-30T03:04Z' })) },
      handsOver('second', ['secondary']),
    ];
    const h = outage({ schedules });
    await h.fails();
    expect(h.expectPage('secondary', 'opened').page.note).toMatch(
      /schedule first: layer main cannot be read: start 2026-01-30T03:04Z, .*; Secondary.* is woken instead/,
    );
    h.expect('gather-evidence');
  });

  test('where none can be read, one of those who may be meant is called all the same', async () => {
    const schedules = [{ ...handsOver('first', ['primary', 'dba']), zone: 'Moon/Base' }];
    const h = outage({ schedules, onCall: { 1: ['first'] } });
    await h.fails();
    expect(h.expectPage('primary', 'opened').page.note).toContain('whether it is your turn cannot be told');
    h.expect('gather-evidence');
  });

  test('whoever stands in is told for whom', async () => {
    const schedules = [handsOver('first', ['primary', 'dba']), handsOver('second', ['secondary'])];
    const h = outage({
      schedules,
      away: [{ person: 'primary', from: '2026-01-30T00:00Z', to: '2026-02-02T00:00Z' }],
    });
    await h.fails();
    expect(h.expectPage('dba', 'opened').page.note).toBe('stands in for primary, who is away');
    h.expect('gather-evidence');
  });
});
