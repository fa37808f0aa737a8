const MINUTES_BY_UNIT: [RegExp, number][] = [
  [/^(?:milliseconds?|millisecs?|ms|msec)$/, 1 / 60_000],
  [/^(?:seconds?|secs?|s|sekunden?|sek|secondes?|segundos?)$/, 1 / 60],
  [/^(?:minutes?|mins?|min|m|minuten?|minutos?)$/, 1],
  [/^(?:hours?|hrs?|h|stunden?|std|heures?|horas?)$/, 60],
  [/^(?:days?|d|tage?n?|jours?|días?|dias?)$/, 1440],
];

/** Any word that may be a unit of time, for use inside other patterns. */
export const UNIT =
  'milliseconds?|millisecs?|msec|ms|seconds?|secondes?|secs?|sekunden?|sek|segundos?|s|minutes?|minuten?|minutos?|mins?|m|hours?|heures?|horas?|hrs?|stunden?|std|h|days?|tage?n?|jours?|d[ií]as?|d';

/** A non-negative number, with a point or a comma. */
export const NUMBER = '\\d{1,9}(?:[.,]\\d{1,6})?';

const WORDS = new Map([
  ['half an', 0.5],
  ['half a', 0.5],
  ['half', 0.5],
  ['an', 1],
  ['a', 1],
  ['one', 1],
  ['ein', 1],
  ['eine', 1],
  ['einer', 1],
  ['un', 1],
  ['une', 1],
  ['una', 1],
  ['two', 2],
  ['three', 3],
  ['four', 4],
  ['five', 5],
  ['ten', 10],
  ['fifteen', 15],
  ['twenty', 20],
  ['thirty', 30],
]);

/** A number in digits or in words, as prose has it: `two`, `half an`. */
export const COUNT = `${NUMBER}|${[...WORDS.keys()].join('|')}`;

/** How many minutes one `unit` is, or null when it is no unit of time. */
export function minutesOfUnit(unit: string): number | null {
  const word = unit.toLowerCase().replace(/\.$/, '');
  return MINUTES_BY_UNIT.find(([pattern]) => pattern.test(word))?.[1] ?? null;
}

/** The number written with a point or a comma, or in words. */
export function numberOf(text: string): number {
  return WORDS.get(text.toLowerCase()) ?? Number(text.replace(',', '.'));
}

/** `count` of `unit` in minutes, rounded to the millisecond; null when the unit is unknown. */
export function inMinutes(count: string, unit: string): number | null {
  const factor = minutesOfUnit(unit);
  return factor === null ? null : Math.round(numberOf(count) * factor * 60_000) / 60_000;
}
