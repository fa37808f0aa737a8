import type { EpochMs } from '#facts';

/**
 * The instant at which the clocks of a zone show `wall`. A time that a change of the clocks skips is as much later; of one that
 * comes twice it is the first.
 */
export function instantOf(wall: Temporal.PlainDateTime, zone: string): EpochMs {
  return wall.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
}

/** What the clocks of a zone show at an instant. */
export function wallAt(at: EpochMs, zone: string): Temporal.PlainDateTime {
  return zonedAt(at, zone).toPlainDateTime();
}

/** A reading of a clock as a number, for differences that no change of the clocks stretches. */
export function plainMs(wall: Temporal.PlainDateTime): number {
  return wall.toZonedDateTime('UTC').epochMilliseconds;
}

/** What the clocks of a zone show at an instant, as a number. */
export function plainMsAt(at: EpochMs, zone: string): number {
  return at + offsetMs(at, zone);
}

/** More than a day: a window or a change of the date line may reach so far. */
const nearMs = 50 * 3_600_000;

/** True when no change of the clocks is near: what they show is then told by counting, which is many times faster. */
export function isCalm(at: EpochMs, zone: string): boolean {
  const offset = offsetMs(at, zone);
  return offsetMs(at - nearMs, zone) === offset && offsetMs(at + nearMs, zone) === offset;
}

function offsetMs(at: EpochMs, zone: string): number {
  return zonedAt(at, zone).offsetNanoseconds / 1_000_000;
}

function zonedAt(at: EpochMs, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}
