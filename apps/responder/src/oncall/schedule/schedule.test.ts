import type { Layer } from '@tocsin/contract';
import { describe, expect, test } from 'vitest';
import { findWarnings } from './find-warnings.ts';
import type { Roster } from './roster.ts';
import { shiftsBetween } from './shifts-between.ts';
import { whoIsOnCallAt } from './who-is-on-call-at.ts';

const at = (text: string): number => Date.parse(text);

function layer(more: Partial<Layer> = {}): Layer {
  return {
    id: 'main',
    people: ['ada', 'ben', 'cleo'],
    every: 'weekly',
    start: '2026-01-05T09:00',
    whenAway: 'next',
    ...more,
  };
}

function roster(
  layers: Layer[],
  more: Partial<Omit<Roster, 'schedule'>> = {},
  zone = 'Europe/Berlin',
): Roster {
  return { schedule: { id: 'platform', zone, layers }, overrides: [], away: [], ...more };
}

const lineAt = (one: Roster, text: string): readonly string[] => whoIsOnCallAt(one, at(text)).line;

describe('rotations', () => {
  test('a week each, handed over on Monday at nine', () => {
    const one = roster([layer()]);
    expect(lineAt(one, '2026-01-05T08:59:59+01:00')).toEqual([]);
    expect(lineAt(one, '2026-01-05T09:00+01:00')).toEqual(['ada']);
    expect(lineAt(one, '2026-01-12T08:59:59+01:00')).toEqual(['ada']);
    expect(lineAt(one, '2026-01-12T09:00+01:00')).toEqual(['ben']);
    expect(lineAt(one, '2026-01-26T09:00+01:00')).toEqual(['ada']);
  });

  test('nine o’clock stays nine o’clock when the clocks change, and that shift is an hour shorter or longer', () => {
    const shifts = shiftsBetween(
      roster([layer({ every: 'daily' })]),
      at('2026-03-27T12:00Z'),
      at('2026-03-31T00:00Z'),
    );
    expect(shifts.map((one) => new Date(one.from).toISOString())).toEqual([
      '2026-03-27T12:00:00.000Z',
      '2026-03-28T08:00:00.000Z',
      '2026-03-29T07:00:00.000Z',
      '2026-03-30T07:00:00.000Z',
    ]);
    const autumn = shiftsBetween(
      roster([layer({ every: 'daily' })]),
      at('2026-10-24T07:00Z'),
      at('2026-10-25T08:00Z'),
    );
    expect(autumn.map((one) => (one.to - one.from) / 3_600_000)).toEqual([25]);
  });

  test('an hour that comes twice does not hand over twice', () => {
    const one = roster([layer({ every: 'daily', start: '2026-01-01T02:30' })]);
    const shifts = shiftsBetween(one, at('2026-10-24T12:00Z'), at('2026-10-25T12:00Z'));
    expect(shifts.map((shift) => new Date(shift.to).toISOString())).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T12:00:00.000Z',
    ]);
  });

  test('in the second pass of such an hour the handover of the first has taken place', () => {
    const one = roster([layer({ every: 'daily', start: '2026-01-01T02:30' })]);
    const after = lineAt(one, '2026-10-25T00:30Z');
    expect(lineAt(one, '2026-10-25T00:29Z')).not.toEqual(after);
    expect(lineAt(one, '2026-10-25T01:10Z')).toEqual(after);
    const shifts = shiftsBetween(one, at('2026-10-25T00:00Z'), at('2026-10-25T01:10Z'));
    expect(shifts.map((shift) => shift.to)).toEqual([at('2026-10-25T00:30Z'), at('2026-10-25T01:10Z')]);
  });

  test('turns of a custom length', () => {
    const one = roster([layer({ every: '12 hours', start: '2026-01-05T08:00' })]);
    expect(lineAt(one, '2026-07-01T07:59+02:00')).not.toEqual(lineAt(one, '2026-07-01T08:00+02:00'));
    expect(lineAt(one, '2026-07-01T08:00+02:00')).toEqual(lineAt(one, '2026-07-01T19:59+02:00'));
  });

  test('the upper layer is called first in its hours, the lower one is next in line', () => {
    const day = layer({
      id: 'day',
      people: ['dan'],
      hours: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' }],
    });
    const one = roster([day, layer()]);
    expect(lineAt(one, '2026-01-07T10:00+01:00')).toEqual(['dan', 'ada']);
    expect(lineAt(one, '2026-01-07T17:00+01:00')).toEqual(['ada']);
    expect(lineAt(one, '2026-01-10T10:00+01:00')).toEqual(['ada']);
  });

  test('hours over midnight belong to the day on which they begin', () => {
    const night = layer({ hours: [{ days: ['fri'], from: '22:00', to: '06:00' }] });
    expect(lineAt(roster([night]), '2026-01-10T05:59+01:00')).toEqual(['ada']);
    expect(lineAt(roster([night]), '2026-01-10T06:00+01:00')).toEqual([]);
    expect(lineAt(roster([night]), '2026-01-11T05:00+01:00')).toEqual([]);
  });

  test('follow the sun: each layer by the clock of its own zone', () => {
    const work = [{ from: '09:00', to: '17:00' }];
    const one = roster([
      layer({ id: 'europe', people: ['ada'], hours: work }),
      layer({ id: 'america', people: ['ben'], zone: 'America/New_York', hours: work }),
    ]);
    expect(lineAt(one, '2026-07-01T08:00Z')).toEqual(['ada']);
    expect(lineAt(one, '2026-07-01T14:00Z')).toEqual(['ada', 'ben']);
    expect(lineAt(one, '2026-07-01T20:00Z')).toEqual(['ben']);
    const warnings = findWarnings(one, at('2026-07-01T00:00Z'), at('2026-07-02T00:00Z'));
    expect(
      warnings.map(({ kind, from, to }) => [kind, new Date(from).getUTCHours(), new Date(to).getUTCHours()]),
    ).toEqual([
      ['gap', 0, 7],
      ['overlap', 13, 15],
      ['gap', 21, 0],
    ]);
  });
});

describe('a layer that cannot be read', () => {
  const days = [at('2026-01-06T00:00Z'), at('2026-01-08T00:00Z')] as const;
  const below = layer({ id: 'below', people: ['dan'] });

  test.each<[string, Partial<Layer>, RegExp]>([
    ['a start with an offset', { start: '2026-01-05T09:00Z' }, /start 2026-01-05T09:00Z, .*UTC designator/],
    ['ten digits of a second', { start: '2026-01-05T09:00:00.1234567890' }, /nine digits/],
    ['a year that no clock shows', { start: '+999999-01-01T00:00' }, /cannot be read: start \+999999/],
    ['a zone that is no more', { zone: 'Europe/Atlantis' }, /zone Europe\/Atlantis: /],
    [
      'hours that are none',
      { hours: [{ from: '25:00', to: '26:00' }], zone: 'Europe/Atlantis' },
      /cannot be/,
    ],
  ])('for %s has nobody, says why, and leaves the others as they are', (_name, change, why) => {
    const alone = roster([layer(change)]);
    expect(lineAt(alone, '2026-01-06T00:00Z')).toEqual([]);
    expect(shiftsBetween(alone, ...days)).toEqual([]);
    expect(findWarnings(alone, ...days)).toMatchObject([
      { kind: 'gap', from: days[0], to: days[1], because: expect.stringMatching(why) as string },
    ]);
    const both = roster([layer(change), below]);
    expect(lineAt(both, '2026-01-06T00:00Z')).toEqual(['dan']);
    expect(shiftsBetween(both, ...days).map((one) => [one.layer, one.from, one.to])).toEqual([
      ['below', ...days],
    ]);
    expect(findWarnings(both, ...days)).toMatchObject([
      { kind: 'gap', layer: 'main', from: days[0], to: days[1] },
    ]);
  });

  test('an override takes its place all the same', () => {
    const span = { from: '2026-01-06T00:00Z', to: '2026-01-07T00:00Z' };
    const overrides = [{ schedule: 'platform', person: 'ben', ...span }];
    expect(lineAt(roster([layer({ start: 'soon' })], { overrides }), '2026-01-06T00:00Z')).toEqual(['ben']);
  });
});

describe('overrides and absences', () => {
  const week = { from: '2026-01-05T00:00Z', to: '2026-01-12T00:00Z' };
  const override = (person: string) => ({ schedule: 'platform', person, ...week });

  test('an override takes the place of the first layer that answers, and says whose it was', () => {
    const one = roster([layer()], {
      overrides: [
        { schedule: 'platform', person: 'cleo', from: '2026-01-06T00:00Z', to: '2026-01-07T00:00Z' },
      ],
    });
    expect(
      shiftsBetween(one, at('2026-01-05T09:00Z'), at('2026-01-08T00:00Z')).map(({ person, why, instead }) => [
        person,
        why,
        instead,
      ]),
    ).toEqual([
      ['ada', 'turn', null],
      ['cleo', 'override', 'ada'],
      ['ada', 'turn', null],
    ]);
  });

  test('where two overrides meet the later counts, and it is said', () => {
    const one = roster([layer()], { overrides: [override('ben'), override('cleo')] });
    expect(lineAt(one, '2026-01-08T00:00Z')).toEqual(['cleo']);
    expect(
      findWarnings(one, at('2026-01-08T00:00Z'), at('2026-01-09T00:00Z')).map((warning) => warning.because),
    ).toEqual(['overrides by ben and cleo; cleo is called']);
  });

  test('two meet too when only one of them names the layer', () => {
    const named = { ...override('ben'), layer: 'main' };
    const span = [at('2026-01-08T00:00Z'), at('2026-01-09T00:00Z')] as const;
    for (const overrides of [
      [named, override('cleo')],
      [{ ...override('ben') }, { ...named, person: 'cleo' }],
    ])
      expect(findWarnings(roster([layer()], { overrides }), ...span)).toMatchObject([
        { kind: 'overlap', because: 'overrides by ben and cleo; cleo is called' },
      ]);
    const other = layer({ id: 'other', people: ['dan'] });
    const overrides = [{ ...named, layer: 'other' }, override('cleo')];
    expect(findWarnings(roster([layer(), other], { overrides }), ...span)).toEqual([]);
  });

  test('an override fills a gap', () => {
    const one = roster([layer({ start: '2027-01-04T09:00' })], {
      overrides: [{ schedule: 'platform', person: 'ben', ...week }],
    });
    expect(lineAt(one, '2026-01-08T00:00Z')).toEqual(['ben']);
  });

  test('the next of the rotation stands in for somebody who is away', () => {
    const one = roster([layer()], {
      away: [
        { person: 'ada', ...week },
        { person: 'ben', ...week },
      ],
    });
    expect(whoIsOnCallAt(one, at('2026-01-08T00:00Z')).layers[0]).toMatchObject({
      person: 'cleo',
      why: 'stand-in',
      instead: 'ada',
    });
  });

  test('or nobody does, and the gap has its span and its reason', () => {
    const one = roster([layer({ whenAway: 'gap' })], { away: [{ person: 'ada', ...week }] });
    expect(findWarnings(one, at('2026-01-06T00:00Z'), at('2026-02-01T00:00Z'))).toEqual([
      {
        kind: 'gap',
        schedule: 'platform',
        from: at('2026-01-06T00:00Z'),
        to: at('2026-01-12T00:00Z'),
        because: 'layer main has nobody who is not away',
      },
    ]);
  });

  test('a layer that nobody of is there is a gap of its own, also while another answers', () => {
    const day = layer({ id: 'day', people: ['dan'], whenAway: 'gap' });
    const away = [
      { person: 'dan', from: '2026-01-06T00:00Z', to: '2026-01-09T00:00Z' },
      ...['ada', 'ben', 'cleo'].map((person) => ({
        person,
        from: '2026-01-07T00:00Z',
        to: '2026-01-08T00:00Z',
      })),
    ];
    const found = findWarnings(
      roster([day, layer()], { away }),
      at('2026-01-06T00:00Z'),
      at('2026-01-12T00:00Z'),
    );
    expect(
      found.map(({ kind, layer: whose, from, to }) => [
        kind,
        whose,
        new Date(from).getUTCDate(),
        new Date(to).getUTCDate(),
      ]),
    ).toEqual([
      ['gap', 'day', 6, 7],
      ['gap', undefined, 7, 8],
      ['gap', 'day', 8, 9],
    ]);
    expect(found[0]?.because).toBe('layer day has nobody who is not away');
  });

  test('a layer before its first handover or outside its hours is as planned while another answers', () => {
    const later = layer({ id: 'later', people: ['dan'], start: '2026-06-01T09:00' });
    const day = layer({ id: 'day', people: ['dan'], hours: [{ from: '09:00', to: '17:00' }] });
    const week2 = [at('2026-01-06T00:00Z'), at('2026-01-12T00:00Z')] as const;
    expect(findWarnings(roster([later, day, layer()]), ...week2)).toEqual([]);
  });

  test('somebody who is away overrides nothing', () => {
    const one = roster([layer()], {
      overrides: [{ schedule: 'platform', person: 'cleo', ...week }],
      away: [{ person: 'cleo', ...week }],
    });
    expect(lineAt(one, '2026-01-08T00:00Z')).toEqual(['ada']);
    expect(findWarnings(one, at('2026-01-08T00:00Z'), at('2026-01-09T00:00Z'))[0]?.kind).toBe(
      'idle-override',
    );
  });
});
