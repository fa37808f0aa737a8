import { describe, expect, test } from 'vitest';
import { printNow, printReadiness, printSchedule } from './print-on-call.ts';
import { readInstant, readSpan } from './read-span.ts';

const ada = { id: 'ada', name: 'Ada', drill: false, channels: ['email'] };

describe('what is printed', () => {
  test('who is called now, until when, and who is next; why a level is empty', () => {
    const text = printNow({
      at: '2026-01-05T00:00:00.000Z',
      levels: [
        {
          level: 1,
          target: 'Primary',
          persons: [ada],
          gap: null,
          until: '2026-01-12T08:00:00.000Z',
          next: [],
        },
        { level: 2, target: 'Secondary', persons: [], gap: 'Ben is away', until: null, next: [] },
      ],
      roles: [{ id: 'dba', name: 'DBA', persons: [ada] }],
    });
    expect(text).toMatch(/L1 +Primary +Ada\n.*until 2026-01-12T08:00:00\.000Z, then nobody/);
    expect(text).toMatch(/L2 +Secondary .*nobody \(Ben is away\): the level below is repeated/);
    expect(text).toMatch(/roles\n +DBA +Ada/);
  });

  test('shifts with whose place is taken, gaps, and the ids of overrides', () => {
    const span = { from: '2026-01-05T08:00:00.000Z', to: '2026-01-12T08:00:00.000Z' };
    const text = printSchedule({
      ...span,
      people: [],
      schedules: [
        {
          id: 'platform',
          name: 'Platform',
          zone: 'UTC',
          layers: ['main'],
          shifts: [
            { ...span, layer: 'main', person: 'ada', name: 'Ada', why: 'stand-in', instead: 'Ben', place: 1 },
          ],
        },
      ],
      warnings: [{ kind: 'gap', where: 'schedule platform', ...span, because: 'layer main has not begun' }],
      changes: [
        {
          id: 'occ_1',
          kind: 'away',
          schedule: null,
          layer: null,
          person: 'ben',
          name: 'Ben',
          ...span,
          note: 'vacation',
          by: null,
        },
      ],
    });
    expect(text).toContain('Ada (for Ben, who is away)');
    expect(text).toContain('! gap: schedule platform from 2026-01-05T08:00:00.000Z');
    expect(text).toContain(
      'occ_1  Ben is away from 2026-01-05T08:00:00.000Z to 2026-01-12T08:00:00.000Z: vacation',
    );
  });

  test('what is not ready, and whom the daily look tells', () => {
    const text = printReadiness({
      at: '2026-01-05T00:00:00.000Z',
      findings: [{ kind: 'gap', text: 'nobody is on call: level 2' }],
      channels: [
        { name: 'email', state: 'alive', reason: null },
        { name: 'sms', state: 'dead', reason: 'HTTP 401' },
        { name: 'teams', state: 'not-checked', reason: 'only sending would show it' },
      ],
      owner: { id: 'ada', name: 'Ada' },
      nextAt: '2026-01-05T08:00:00.000Z',
      last: null,
    });
    expect(text).toMatch(
      /! nobody is on call: level 2.*\nchannels alive: email\nchannel not checked: teams \(only sending would show it\)\nnext daily look 2026-01-05T08:00:00\.000Z, tells Ada/,
    );
  });
});

describe('times', () => {
  test('with an offset mean that instant, without one the clock of this machine', () => {
    expect(readInstant('--to', '2026-12-24T18:00+01:00')).toBe('2026-12-24T17:00:00.000Z');
    expect(readInstant('--to', '2026-12-24')).toBe(new Date(2026, 11, 24).toISOString());
    expect(() => readInstant('--to', 'soon')).toThrow('--to: soon; expected a time such as');
  });

  test('a span ends at a time or after a duration, from now unless it says when', () => {
    const now = Date.parse('2026-01-05T00:00Z');
    expect(readSpan({ for: '8h' }, now)).toEqual({ to: '2026-01-05T08:00:00.000Z' });
    expect(readSpan({ from: '2026-01-06T00:00Z', for: '8h' }, now)).toEqual({
      from: '2026-01-06T00:00:00.000Z',
      to: '2026-01-06T08:00:00.000Z',
    });
    expect(() => readSpan({}, now)).toThrow('expected one of --to TIME and --for DURATION');
    expect(() => readSpan({ to: '2026-01-06', for: '8h' }, now)).toThrow('expected one of');
  });
});
