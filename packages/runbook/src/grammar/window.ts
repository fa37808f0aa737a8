import { inMinutes, NUMBER, UNIT } from './units.ts';

/** Half-open span of time since the incident began; `toMinutes` null means open. */
export interface Window {
  fromMinutes: number;
  toMinutes: number | null;
}

/** No window is longer; the cap keeps the patterns linear on hostile input. */
const LONGEST = 500;

const END = '(?![A-Za-z\\u00C0-\\u024F])';
const DASH =
  '\\s*(?:-|–|—|−|\\bto\\b|\\buntil\\b|\\bthrough\\b|\\bbis\\b|à|\\ba\\b|\\bhasta\\b)\\s*(?:t\\s?\\+\\s?)?';
const RANGE = new RegExp(`(${NUMBER})\\s*(${UNIT})?\\.?${DASH}(${NUMBER})\\s*(${UNIT})${END}`, 'iu');
const BETWEEN = new RegExp(
  `(?:between|zwischen|entre)\\s+(${NUMBER})\\s*(${UNIT})?\\s+(?:and|und|et|y)\\s+(${NUMBER})\\s*(${UNIT})${END}`,
  'iu',
);
const OPEN = new RegExp(`(${NUMBER})\\s*\\+\\s*(${UNIT})${END}`, 'iu');
const OPEN_AFTER = new RegExp(
  `(?:>=?|≥|(?<![A-Za-z\\u00C0-\\u024F])(?:after|over|from|beyond|past|since|ab|nach|über|après|después de|desde|más de|plus de))\\s*(${NUMBER})\\s*(${UNIT})${END}`,
  'iu',
);
const OPEN_TAIL = new RegExp(
  `(${NUMBER})\\s*(${UNIT})\\.?\\s*(?:\\+|,?\\s*(?:and|or|und|oder|et|ou|y|o)\\s+(?:later|beyond|after|more|longer|up|on|mehr|länger|später|plus|más)${END}|onwards?${END}|et\\s+plus|y\\s+más)`,
  'iu',
);
const FIRST = new RegExp(
  `(?:<=?|≤|(?<![A-Za-z\\u00C0-\\u024F])(?:first|within|up to|ersten?|premi[eè]re?s|primer[oa]s))\\s*(${NUMBER})\\s*(${UNIT})${END}`,
  'iu',
);
const SPAN = new RegExp(`\\d\\s*(?:${UNIT})${END}|\\d\\s*[-–—]\\s*\\d`, 'iu');
const TIME_WORD =
  /^\s*(?:\S+\s+){0,3}(?:seconds?|minutes?|mins?|hours?|days?|sekunden|minuten|stunden?|tage|secondes|heures?|segundos|minutos|horas?)\b/i;
/** What may stand around a window without making it something else. */
const FILLER =
  /^(?:[\s.,:~+]|t\b|about|around|approx(?:imately)?|ca\b|circa|the|from|von|de\b|in\b|den\b|les\b|los\b|las\b|after|into|detection|start|onset|alert|alarm|page|incident|outage)*$/i;

/** Reads `0-5 minutes`, `60+ minutes`, `2+ hours`, `first 5 min`, `1 hour and later`; null when the text is no window. */
export function readWindow(text: string): Window | null {
  return matchWindow(text)?.window ?? null;
}

/** True when the text is a window and says nothing else. */
export function isWindow(text: string): boolean {
  if (text.length > 80) return false;
  const found = matchWindow(text);
  return found !== null && FILLER.test(text.replace(found.whole, ' '));
}

/** True when the text seems meant as a window though it cannot be read as one. */
export function looksLikeWindow(text: string): boolean {
  const start = text.slice(0, LONGEST);
  return SPAN.test(start) || TIME_WORD.test(start);
}

interface Found {
  window: Window;
  whole: string;
}

function matchWindow(text: string): Found | null {
  const start = text.slice(0, LONGEST);
  return range(start) ?? open(start) ?? first(start);
}

function range(text: string): Found | null {
  const match = RANGE.exec(text) ?? BETWEEN.exec(text);
  if (match === null) return null;
  const [whole, from = '', fromUnit, to = '', toUnit = ''] = match;
  const fromMinutes = inMinutes(from, fromUnit ?? toUnit);
  const toMinutes = inMinutes(to, toUnit);
  return fromMinutes === null || toMinutes === null ? null : { window: { fromMinutes, toMinutes }, whole };
}

function open(text: string): Found | null {
  const match = OPEN.exec(text) ?? OPEN_TAIL.exec(text) ?? OPEN_AFTER.exec(text);
  const fromMinutes = match === null ? null : inMinutes(match[1] ?? '', match[2] ?? '');
  return match === null || fromMinutes === null
    ? null
    : { window: { fromMinutes, toMinutes: null }, whole: match[0] };
}

function first(text: string): Found | null {
  const match = FIRST.exec(text);
  const toMinutes = match === null ? null : inMinutes(match[1] ?? '', match[2] ?? '');
  return match === null || toMinutes === null
    ? null
    : { window: { fromMinutes: 0, toMinutes }, whole: match[0] };
}
