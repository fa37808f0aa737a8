import { COUNT, inMinutes, NUMBER, UNIT } from './units.ts';

const END = '(?![A-Za-z\\u00C0-\\u024F])';
const EVERY = new RegExp(
  `(?<![A-Za-z\\u00C0-\\u024F])(?:every|each|alle|jede[nrs]?|toutes les|tous les|chaque|cada)\\s+(?:(${COUNT})(?:\\s*(?:-|–|to|bis|à|a)\\s*${NUMBER})?[\\s-]*)?(${UNIT})${END}`,
  'iu',
);
const INTERVAL = new RegExp(
  `(?<![A-Za-z\\u00C0-\\u024F\\d])(${NUMBER})[\\s-]+(${UNIT})\\s+(?:updates?|intervals?|cadence|rhythm)${END}`,
  'iu',
);
const NAMED: [RegExp, number][] = [
  [/(?<![A-Za-z\u00C0-\u024F-])(?:half-hourly|halbstündlich)(?![A-Za-z\u00C0-\u024F])/iu, 30],
  [/(?<![A-Za-z\u00C0-\u024F-])(?:hourly|stündlich)(?![A-Za-z\u00C0-\u024F])/iu, 60],
  [/(?<![A-Za-z\u00C0-\u024F-])(?:daily|täglich)(?![A-Za-z\u00C0-\u024F])/iu, 1440],
];
const MORE = '(?:more than|longer than|over|über|mehr als|länger als|plus de|más de)';
const LASTING = new RegExp(
  `(?<![A-Za-z\\u00C0-\\u024F])(?:lasting|lasts?|longer than|exceed(?:s|ing)|after|dauern|länger als|nach|après|dur(?:e|ent|ant) plus de|después de|más de)\\s*${MORE}?\\s*(?:>=?|≥)?\\s*(${COUNT})\\s*\\+?\\s*(${UNIT})${END}`,
  'iu',
);
const HOLD = new RegExp(
  `(?<![A-Za-z\\u00C0-\\u024F])(?:(?:for|für|over|pendant|durante)\\s+(?:at least\\s+|another\\s+|mindestens\\s+|au moins\\s+|al menos\\s+)?|at least\\s+|mindestens\\s+|au moins\\s+|al menos\\s+)(${COUNT})\\s*\\+?\\s*(${UNIT})${END}`,
  'iu',
);

/** `Every 15 minutes`, `every hour`, `hourly`: the interval in minutes, or null; of a range the shorter. */
export function readCadence(text: string): number | null {
  const line = text.slice(0, 2000);
  return found(EVERY, line) ?? found(INTERVAL, line) ?? NAMED.find(([word]) => word.test(line))?.[1] ?? null;
}

/** `lasting >1 hour`, `after 30 minutes`, `länger als eine Stunde`: the delay in minutes, or null. */
export function readAfter(text: string): number | null {
  return found(LASTING, text.slice(0, 2000));
}

/** `for 15+ minutes`, `at least 1 hour`: the hold in minutes, or null. */
export function readHold(text: string): number | null {
  return found(HOLD, text.slice(0, 2000));
}

function found(pattern: RegExp, text: string): number | null {
  const match = pattern.exec(text);
  if (match === null) return null;
  const minutes = inMinutes(match[1] ?? '1', match[2] ?? '');
  return minutes === null || minutes <= 0 ? null : minutes;
}
