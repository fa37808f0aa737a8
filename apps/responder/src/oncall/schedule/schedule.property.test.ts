import { type Layer, type Schedule, weekdays } from '@tocsin/contract';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findWarnings } from './find-warnings.ts';
import type { Roster } from './roster.ts';
import { shiftsBetween } from './shifts-between.ts';
import { turnAt } from './turns.ts';
import { isAway, whoIsOnCallAt } from './who-is-on-call-at.ts';

/** Clocks that change by an hour, by half an hour, by two, in the south, at midnight, never, and by a whole day. */
const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'America/Santiago',
  'Asia/Kolkata',
  'Africa/Casablanca',
  'Asia/Beirut',
  'Pacific/Apia',
  'UTC',
];
const start = Date.UTC(2009, 0, 1);
const end = Date.UTC(2031, 0, 1);
const dayMs = 86_400_000;
const people = ['ada', 'ben', 'cleo', 'dan'];

const clock = fc.constantFrom('00:00', '02:30', '03:00', '08:00', '17:00', '22:00', '24:00');
const hours = fc
  .record({
    days: fc.option(fc.subarray([...weekdays], { minLength: 1 }), { nil: undefined }),
    from: clock.filter((one) => one !== '24:00'),
    to: clock,
  })
  .map(({ days, ...rest }) => ({ ...rest, ...(days === undefined ? {} : { days }) }));

const layer = (id: string): fc.Arbitrary<Layer> =>
  fc
    .record({
      people: fc.subarray(people, { minLength: 1 }),
      every: fc.constantFrom('daily', 'weekly', '1 hour', '7 hours', '12 hours', '3 days', '2 weeks'),
      start: fc.constantFrom('2009-01-05T09:00', '2009-03-01T02:30', '2010-06-01T00:00', '2009-02-07T23:30'),
      hours: fc.option(fc.array(hours, { minLength: 1, maxLength: 2 }), { nil: undefined }),
      zone: fc.option(fc.constantFrom(...zones), { nil: undefined }),
      whenAway: fc.constantFrom('next' as const, 'gap' as const),
    })
    .map(({ hours: its, zone, ...rest }) => ({
      id,
      ...rest,
      ...(its === undefined ? {} : { hours: its }),
      ...(zone === undefined ? {} : { zone }),
    }));

const instants = fc.integer({ min: start / 1000, max: end / 1000 }).map((seconds) => seconds * 1000);
/** Around the changes of the clocks, where mistakes live: late March and early November, the end of 2011 in Apia. */
const changes = fc
  .tuple(
    fc.constantFrom(
      Date.UTC(2024, 2, 31),
      Date.UTC(2025, 9, 26),
      Date.UTC(2026, 10, 1),
      Date.UTC(2026, 3, 5),
      Date.UTC(2011, 11, 30),
    ),
    fc.integer({ min: -180, max: 2 * 1440 }),
  )
  .map(([day, minutes]) => day + minutes * 60_000);
const instant = fc.oneof(instants, changes);

const span = (around: number): fc.Arbitrary<{ from: string; to: string }> =>
  fc
    .tuple(fc.integer({ min: -5 * 24, max: 5 * 24 }), fc.integer({ min: 1, max: 96 }))
    .map(([begin, length]) => ({
      from: new Date(around + begin * 3_600_000).toISOString(),
      to: new Date(around + (begin + length) * 3_600_000).toISOString(),
    }));

/** A roster and an instant that its overrides and absences are near. */
const scene = fc
  .tuple(instant, fc.constantFrom(...zones), layer('day'), layer('night'), fc.integer({ min: 1, max: 2 }))
  .chain(([at, zone, one, other, count]) => {
    const schedule: Schedule = { id: 'platform', zone, layers: [one, other].slice(0, count) };
    const person = fc.constantFrom(...people);
    return fc.record({
      at: fc.constant(at),
      roster: fc.record({
        schedule: fc.constant(schedule),
        overrides: fc.array(
          fc.tuple(span(at), person, fc.boolean()).map(([when, who, named]) => ({
            ...when,
            schedule: 'platform',
            person: who,
            ...(named ? { layer: 'day' } : {}),
          })),
          { maxLength: 3 },
        ),
        away: fc.array(
          fc.tuple(span(at), person).map(([when, who]) => ({ ...when, person: who })),
          { maxLength: 3 },
        ),
      }),
    });
  });

/** The person of a layer at an instant by its shifts; throws when there are two. */
function byShifts(shifts: ReturnType<typeof shiftsBetween>, layerId: string, at: number): string | null {
  const found = shifts.filter((one) => one.layer === layerId && one.from <= at && at < one.to);
  if (found.length > 1) throw new Error(`${found.length} people for layer ${layerId}; expected at most one`);
  return found[0]?.person ?? null;
}

describe('schedules over twenty years of ten zones', () => {
  test('each layer has exactly one person at every instant, or the gap is reported', () => {
    fc.assert(
      fc.property(scene, ({ roster, at }) => {
        const warnings = findWarnings(roster, at - dayMs, at + dayMs);
        const answer = whoIsOnCallAt(roster, at);
        expect(answer.layers.map((one) => one.layer)).toEqual(roster.schedule.layers.map((one) => one.id));
        const answering = answer.layers.flatMap((one) => (one.person === null ? [] : [one.person]));
        expect(answering.filter((person) => isAway(roster.away, person, at))).toEqual([]);
        const gap = warnings.some((one) => one.kind === 'gap' && one.from <= at && at < one.to);
        expect(gap).toBe(answer.line.length === 0);
      }),
      { numRuns: 250 },
    );
  });

  test('the shifts agree with whoIsOnCallAt at any instant, and no two of a layer overlap', () => {
    fc.assert(
      fc.property(
        scene,
        fc.array(fc.oneof(fc.integer({ min: -90, max: 90 }), fc.integer({ min: -1440, max: 1440 })), {
          minLength: 6,
          maxLength: 30,
        }),
        ({ roster, at }, minutes) => {
          const shifts = shiftsBetween(roster, at - dayMs, at + dayMs + 60_000);
          for (const minute of minutes) {
            const probe = at + minute * 60_000;
            for (const one of whoIsOnCallAt(roster, probe).layers)
              expect(byShifts(shifts, one.layer, probe)).toBe(one.person);
          }
        },
      ),
      { numRuns: 250 },
    );
  });

  test('turns go on in order: each to its own person, no hole between them, none comes back', () => {
    fc.assert(
      fc.property(
        layer('day'),
        fc.constantFrom(...zones),
        instant,
        ({ hours: _hours, ...always }, zone, at) => {
          const schedule = { id: 'platform', zone, layers: [always] };
          const roster: Roster = { schedule, overrides: [], away: [] };
          const shifts = shiftsBetween(roster, at, at + 4 * dayMs);
          const numbers = shifts.map((shift) => turnAt(always, always.zone ?? zone, shift.from) ?? -1);
          for (const [index, shift] of shifts.entries()) {
            expect(shift.person).toBe(always.people[(numbers[index] ?? 0) % always.people.length]);
            const next = shifts[index + 1];
            if (next === undefined) continue;
            expect(next.from).toBe(shift.to);
            expect(numbers[index + 1]).toBeGreaterThan(numbers[index] ?? 0);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
