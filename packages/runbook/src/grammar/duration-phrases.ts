import { inMinutes, NUMBER, UNIT } from './units.ts';

const END = '(?![\\p{L}])';
const EVERY = new RegExp(`(?<![\\p{L}])(?:every|each|alle)\\s+(?:(${NUMBER})\\s*)?(${UNIT})${END}`, 'iu');
const LASTING = new RegExp(
  `(?<![\\p{L}])(?:lasting|longer than|last|after|dauern|länger als|nach)\\s*(?:more than|longer than|über)?\\s*(?:>=?|≥)?\\s*(${NUMBER})\\s*(${UNIT})${END}`,
  'iu',
);
const HOLD = new RegExp(
  `(?<![\\p{L}])(?:for|für|over)\\s+(?:at least\\s+|mindestens\\s+)?(${NUMBER})\\s*\\+?\\s*(${UNIT})${END}`,
  'iu',
);

/** `Every 15 minutes`, `every hour`: the interval in minutes, or null. */
export function readCadence(text: string): number | null {
  return found(EVERY, text);
}

/** `lasting >1 hour`, `after 30 minutes`: the delay in minutes, or null. */
export function readAfter(text: string): number | null {
  return found(LASTING, text);
}

/** `for 15+ minutes`: the hold in minutes, or null. */
export function readHold(text: string): number | null {
  return found(HOLD, text);
}

function found(pattern: RegExp, text: string): number | null {
  const match = pattern.exec(text);
  if (match === null) return null;
  const minutes = inMinutes(match[1] ?? '1', match[2] ?? '');
  return minutes === null || minutes <= 0 ? null : minutes;
}
