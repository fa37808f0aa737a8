import type { OnCallView, Person } from '#oncall';
import { describe, expect, test } from 'vitest';
import { whoToWake } from './who-to-wake.ts';

const person = (id: string): Person => ({
  id,
  name: id,
  role: 'approver',
  contacts: [{ channel: 'inbox' }],
  drill: false,
});
const [ada, ben] = [person('ada'), person('ben')];
const nobody = new Set<string>();

describe('who is woken, and what they are told', () => {
  test('somebody in the place of another is told whose', () => {
    const because = { ben: 'stands in for ada, who is away' };
    const onCall: OnCallView = {
      levels: [{ level: 1, target: 'Primary', persons: [ben], because }],
      roles: {},
    };
    expect(whoToWake(onCall, 1, nobody)).toMatchObject({ person: ben, note: because.ben });
  });

  test('a gap goes on to the next level at once, and its reason is said', () => {
    const gap = 'schedule platform: layer main is outside its hours';
    const onCall: OnCallView = {
      levels: [
        { level: 1, target: 'Primary', persons: [], gap },
        { level: 2, target: 'Secondary', persons: [ben] },
      ],
      roles: {},
    };
    expect(whoToWake(onCall, 1, nobody)).toMatchObject({
      person: ben,
      level: 2,
      note: `nobody fills Primary (level 1) (${gap}); Secondary (level 2) is woken instead`,
    });
  });

  test('somebody who is away is woken only where there is nobody else at all', () => {
    const levels = [{ level: 1, target: 'Primary', persons: [], gap: 'ada is away' }];
    expect(whoToWake({ levels, roles: { dba: [ben] }, away: [ada] }, 1, nobody)?.person).toBe(ben);
    expect(whoToWake({ levels, roles: { dba: [] }, away: [ada] }, 1, nobody)).toMatchObject({
      person: ada,
      note: expect.stringContaining('you are away, but there is nobody else'),
    });
    expect(whoToWake({ levels, roles: {}, away: [ada] }, 1, new Set(['ada']))).toBeNull();
  });
});
