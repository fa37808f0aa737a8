import { inMinutes, NUMBER, UNIT } from './units.ts';

/** Half-open span of time since the incident began; `toMinutes` null means open. */
export interface Window {
  fromMinutes: number;
  toMinutes: number | null;
}

/** No window is longer; the cap keeps the patterns linear on hostile input. */
const LONGEST = 500;

const DASH = '\\s*(?:-|–|—|−|to|until|bis)\\s*';
const RANGE = new RegExp(`(${NUMBER})\\s*(${UNIT})?${DASH}(${NUMBER})\\s*(${UNIT})(?![\\p{L}])`, 'iu');
const OPEN = new RegExp(`(${NUMBER})\\s*\\+\\s*(${UNIT})(?![\\p{L}])`, 'iu');
const OPEN_AFTER = new RegExp(`(?:>|after|over|from|ab|nach)\\s*(${NUMBER})\\s*(${UNIT})(?![\\p{L}])`, 'iu');
const OPEN_TAIL = new RegExp(`(${NUMBER})\\s*(${UNIT})\\s*\\+`, 'iu');
const FIRST = new RegExp(`(?:<|first|within|ersten?)\\s*(${NUMBER})\\s*(${UNIT})(?![\\p{L}])`, 'iu');
const LOOKS_LIKE = new RegExp(`\\d.*(?:${UNIT})\\b|(?:minutes?|hours?|seconds?)\\b`, 'iu');

/** Reads `0-5 minutes`, `60+ minutes`, `2+ hours`, `first 5 min`; null when the text is no window. */
export function readWindow(text: string): Window | null {
  const start = text.slice(0, LONGEST);
  return readRange(start) ?? readOpen(start) ?? readFirst(start);
}

/** True when the text seems meant as a window though it cannot be read as one. */
export function looksLikeWindow(text: string): boolean {
  return LOOKS_LIKE.test(text.slice(0, LONGEST));
}

function readRange(text: string): Window | null {
  const match = RANGE.exec(text);
  if (match === null) return null;
  const [, from = '', fromUnit, to = '', toUnit = ''] = match;
  const fromMinutes = inMinutes(from, fromUnit ?? toUnit);
  const toMinutes = inMinutes(to, toUnit);
  return fromMinutes === null || toMinutes === null ? null : { fromMinutes, toMinutes };
}

function readOpen(text: string): Window | null {
  const match = OPEN.exec(text) ?? OPEN_TAIL.exec(text) ?? OPEN_AFTER.exec(text);
  const fromMinutes = match === null ? null : inMinutes(match[1] ?? '', match[2] ?? '');
  return fromMinutes === null ? null : { fromMinutes, toMinutes: null };
}

function readFirst(text: string): Window | null {
  const match = FIRST.exec(text);
  const toMinutes = match === null ? null : inMinutes(match[1] ?? '', match[2] ?? '');
  return toMinutes === null ? null : { fromMinutes: 0, toMinutes };
}
