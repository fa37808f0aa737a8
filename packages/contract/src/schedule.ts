import { z } from 'zod';

/** Ids of people, schedules and layers. */
export const idOfTeam = z
  .string()
  .max(60)
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'expected lower-case letters, digits and dashes');

/** An IANA time zone. */
export const zone = z.string().refine(isZone, 'expected an IANA time zone such as Europe/Berlin');

/** An instant written with its offset: `2026-12-24T18:00+01:00`, or `Z`; seconds may be left out. */
export const offsetInstant = z.union(
  [z.iso.datetime({ offset: true }), z.iso.datetime({ offset: true, precision: -1 })],
  { error: 'expected a date, a time and an offset, such as 2026-12-24T18:00+01:00' },
);

const asWallTime = 'expected a date and a time without an offset, such as 2026-01-05T09:00';

/** zod lets a `Z` and any fraction pass; a clock on the wall (`Temporal.PlainDateTime`) takes no `Z` and at most nine digits. */
const wallTime = z.iso
  .datetime({ local: true, error: asWallTime })
  .refine((text) => /^[^Z.]*(?:\.\d{1,9})?$/.test(text), asWallTime);

const clockTime = z
  .string()
  .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'expected a time of day from 00:00 to 24:00');

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Hours of some weekdays; a `to` that is not later than `from` is on the next day. */
const hours = z.strictObject({
  days: z.array(z.enum(weekdays)).min(1, 'expected at least one of mon ... sun').optional(),
  from: clockTime,
  to: clockTime,
});

/** `daily`, `weekly`, or a length such as `12 hours`, `3 days`, `2 weeks`. */
const turnLength = z
  .string()
  .regex(
    /^(?:daily|weekly|[1-9]\d{0,2} (?:hour|day|week)s?)$/,
    'expected daily, weekly, or such as 12 hours, 3 days, 2 weeks',
  );

const layer = z.strictObject({
  id: idOfTeam,
  /** In the order of their turns. */
  people: z.array(idOfTeam).min(1, 'expected at least one person'),
  every: turnLength.default('weekly'),
  /** The first handover, by the clock of the zone; all others are at the same time of day. */
  start: wallTime,
  /** Absent: the schedule's. */
  zone: zone.optional(),
  /** When this layer answers at all; absent: always. */
  hours: z.array(hours).min(1, 'expected at least one entry, or no hours at all').optional(),
  /** Who takes the turn of somebody who is away: the next of the rotation, or nobody. */
  whenAway: z.enum(['next', 'gap']).default('next'),
});
export type Layer = z.output<typeof layer>;

/** Who is on call by rotation. The first layer that answers is called first, those below are next in line. */
export const schedule = z.strictObject({
  id: idOfTeam,
  name: z.string().trim().min(1).max(100).optional(),
  zone,
  layers: z.array(layer).min(1, 'expected at least one layer'),
});
export type Schedule = z.output<typeof schedule>;

/** A schedule as it was stored: a zone or a start that can no longer be read stays as it is, for a person to mend. */
export const storedSchedule = schedule.extend({
  zone: z.string(),
  layers: z.array(layer.extend({ start: z.string(), zone: z.string().optional() })),
});

/** Somebody is on call in another's place. Without a layer: in the place of the first that answers. */
export const override = z.strictObject({
  schedule: idOfTeam,
  layer: idOfTeam.optional(),
  person: idOfTeam,
  from: offsetInstant,
  to: offsetInstant,
});
export type Override = z.output<typeof override>;

/** Somebody cannot be called: vacation. */
export const absence = z.strictObject({ person: idOfTeam, from: offsetInstant, to: offsetInstant });
export type Absence = z.output<typeof absence>;

function isZone(name: string): boolean {
  try {
    return (
      new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '' &&
      !/^[+-]/.test(name)
    );
  } catch {
    return false;
  }
}
