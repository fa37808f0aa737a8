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
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime();
}

/** A reading of a clock as a number, for differences that no change of the clocks stretches. */
export function plainMs(wall: Temporal.PlainDateTime): number {
  return wall.toZonedDateTime('UTC').epochMilliseconds;
}
