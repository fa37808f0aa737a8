const MINUTES_BY_UNIT: [RegExp, number][] = [
  [/^(?:milliseconds?|ms)$/, 1 / 60_000],
  [/^(?:seconds?|secs?|s|sekunden?)$/, 1 / 60],
  [/^(?:minutes?|mins?|min|m|minuten?)$/, 1],
  [/^(?:hours?|hrs?|h|stunden?|std)$/, 60],
  [/^(?:days?|d|tage?n?)$/, 1440],
];

/** Any word that may be a unit of time, for use inside other patterns. */
export const UNIT =
  '(?:milli)?sec(?:ond)?s?|ms|s|sekunden?|min(?:ute)?s?|minuten?|m|h(?:ou)?rs?|h|stunden?|std|days?|d|tage?n?';

/** A non-negative number, with a point or a comma. */
export const NUMBER = '\\d{1,9}(?:[.,]\\d{1,6})?';

/** How many minutes one `unit` is, or null when it is no unit of time. */
export function minutesOfUnit(unit: string): number | null {
  const word = unit.toLowerCase().replace(/\.$/, '');
  return MINUTES_BY_UNIT.find(([pattern]) => pattern.test(word))?.[1] ?? null;
}

/** The number written with a point or a comma. */
export function numberOf(text: string): number {
  return Number(text.replace(',', '.'));
}

/** `count` of `unit` in minutes, rounded to the millisecond; null when the unit is unknown. */
export function inMinutes(count: string, unit: string): number | null {
  const factor = minutesOfUnit(unit);
  return factor === null ? null : Math.round(numberOf(count) * factor * 60_000) / 60_000;
}
