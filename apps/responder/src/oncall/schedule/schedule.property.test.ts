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
/** When the clocks of a zone change, all of them between start and end: where mistakes live. */
function changesOf(zone: string): number[] {
  const found: number[] = [];
  const begin = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone);
  for (
    let next = begin.getTimeZoneTransition('next');
    next !== null && next.epochMilliseconds < end;
    next = next.getTimeZoneTransition('next')
  )
    found.push(next.epochMilliseconds);
  return found;
}

/** At any time, and around any change of the clocks of a zone. */
function instantIn(zone: string): fc.Arbitrary<number> {
  const changes = changesOf(zone);
  if (changes.length === 0) return instants;
  const near = fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -1560, max: 1560 }))
    .map(([change, minutes]) => change + minutes * 60_000);
  return fc.oneof(instants, { arbitrary: near, weight: 2 });
}
const zoned = fc.constantFrom(...zones).chain((zone) => fc.tuple(fc.constant(zone), instantIn(zone)));

const span = (around: number): fc.Arbitrary<{ from: string; to: string }> =>
  fc
    .tuple(fc.integer({ min: -5 * 24, max: 5 * 24 }), fc.integer({ min: 1, max: 96 }))
    .map(([begin, length]) => ({
      from: new Date(around + begin * 3_600_000).toISOString(),
      to: new Date(around + (begin + length) * 3_600_000).toISOString(),
    }));

interface Scene {
  readonly at: number;
  readonly roster: Roster;
}

/** A roster and an instant that its overrides and absences are near. */
function sceneAt(at: number, zone: string): fc.Arbitrary<Scene> {
  const person = fc.constantFrom(...people);
  const schedules = fc
    .tuple(layer('day'), layer('night'), fc.integer({ min: 1, max: 2 }))
    .map(([one, other, count]): Schedule => ({
      id: 'platform',
      zone,
      layers: [one, other].slice(0, count),
    }));
  return fc.record({
    at: fc.constant(at),
    roster: fc.record({
      schedule: schedules,
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
        { maxLength: 6 },
      ),
    }),
  });
}
const scene = zoned.chain(([zone, at]) => sceneAt(at, zone));
const probes = fc.array(fc.oneof(fc.integer({ min: -90, max: 90 }), fc.integer({ min: -1440, max: 1439 })), {
  minLength: 6,
  maxLength: 30,
});

/** By the plan a layer answers at an instant: it has begun, and no hours of its forbid it. Told here by windows alone. */
function isToAnswer({ start: first, hours: all }: Layer, zone: string, at: number): boolean {
  const instantOf = (wall: Temporal.PlainDateTime): number => wall.toZonedDateTime(zone).epochMilliseconds;
  if (at < instantOf(Temporal.PlainDateTime.from(first))) return false;
  if (all === undefined) return true;
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
  return [-2, -1, 0, 1].some((days) => {
    const day = today.add({ days });
    const on = (time: string, more: number): number => {
      const [hour = 0, minute = 0] = time.split(':').map(Number);
      const midnight = day.add({ days: more + Math.floor(hour / 24) }).toPlainDateTime();
      return instantOf(midnight.with({ hour: hour % 24, minute }));
    };
    return all.some(({ days: named, from, to }) => {
      const name = weekdays[day.dayOfWeek - 1];
      if (named !== undefined && !named.some((one) => one === name)) return false;
      return on(from, 0) <= at && at < on(to, to > from ? 0 : 1);
    });
  });
}

/** The person of a layer at an instant by its shifts; throws when there are two. */
function byShifts(shifts: ReturnType<typeof shiftsBetween>, layerId: string, at: number): string | null {
  const found = shifts.filter((one) => one.layer === layerId && one.from <= at && at < one.to);
  if (found.length > 1) throw new Error(`${found.length} people for layer ${layerId}; expected at most one`);
  return found[0]?.person ?? null;
}

describe.each(zones)('twenty years of %s', (zone) => {
  test('each layer has exactly one person at every instant that it is to answer, or its gap is reported', () => {
    const there = instantIn(zone).chain((at) => sceneAt(at, zone));
    fc.assert(
      fc.property(there, probes, ({ roster, at }, minutes) => {
        const gaps = findWarnings(roster, at - dayMs, at + dayMs).filter((one) => one.kind === 'gap');
        for (const probe of minutes.map((minute) => at + minute * 60_000)) {
          const { layers, line } = whoIsOnCallAt(roster, probe);
          expect(layers.map((one) => one.layer)).toEqual(roster.schedule.layers.map((one) => one.id));
          const reported = gaps.filter((one) => one.from <= probe && probe < one.to);
          expect(reported.some((one) => one.layer === undefined)).toBe(line.length === 0);
          expect(line.filter((person) => isAway(roster.away, person, probe))).toEqual([]);
          const expected = layers.filter(({ person }, index) => {
            const its = roster.schedule.layers[index];
            if (person !== null || its === undefined) return false;
            return line.length === 0 || isToAnswer(its, its.zone ?? zone, probe);
          });
          const told = layers.filter(({ layer: id }) =>
            reported.some((gap) => gap.layer === undefined || gap.layer === id),
          );
          expect(told).toEqual(expected);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('schedules over twenty years of ten zones', () => {
  test('the shifts agree with whoIsOnCallAt at any instant, and no two of a layer overlap', () => {
    fc.assert(
      fc.property(scene, probes, ({ roster, at }, minutes) => {
        const shifts = shiftsBetween(roster, at - dayMs, at + dayMs + 60_000);
        for (const minute of minutes) {
          const probe = at + minute * 60_000;
          for (const one of whoIsOnCallAt(roster, probe).layers)
            expect(byShifts(shifts, one.layer, probe)).toBe(one.person);
        }
      }),
      { numRuns: 250 },
    );
  });

  test('turns go on in order: each to its own person, no hole between them, none comes back', () => {
    fc.assert(
      fc.property(layer('day'), zoned, ({ hours: _hours, ...always }, [zone, at]) => {
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
      }),
      { numRuns: 150 },
    );
  });
});
