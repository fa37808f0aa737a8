import type { Malformed } from '../incoming.ts';

const longestValue = 200;
const longestItem = 20_000;

/** One bad item, short enough to be kept. */
export function malformed(place: string, value: unknown, expected: string, item: unknown): Malformed {
  return { place, value: textOf(value, longestValue), expected, item: textOf(item, longestItem) };
}

function textOf(value: unknown, longest: number): string {
  // PostgreSQL takes no NUL in a text.
  const text = (value === undefined ? '(missing)' : (JSON.stringify(value) ?? String(value))).replaceAll(
    '\0',
    '',
  );
  return text.length > longest ? `${text.slice(0, longest - 3)}...` : text;
}

/** True for an object that is no array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
