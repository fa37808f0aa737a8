import type { Threshold } from '../plan.ts';

const LONGEST_QUOTE = 160;

/** A text of the document in quotation marks, on one line, cut when it is long. */
export function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return `"${line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE - 3)}...` : line}"`;
}

/** `1 approval`, `2 approvals`. */
export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** Minutes in words: `1 minute`, `90 seconds` for 1.5. */
export function minutesText(minutes: number): string {
  return Number.isInteger(minutes) ? counted(minutes, 'minute') : counted(seconds(minutes), 'second');
}

function seconds(minutes: number): number {
  return Math.round(minutes * 60_000) / 1000;
}

/** `10 instead of 30 minutes`. */
export function minutesInstead(before: number, after: number): string {
  if (!Number.isInteger(before) || !Number.isInteger(after))
    return `${minutesText(after)} instead of ${minutesText(before)}`;
  return `${after} instead of ${minutesText(before)}`;
}

/** `5-15 minutes`, `60+ minutes`. */
export function spanText({
  fromMinutes,
  toMinutes,
}: {
  fromMinutes: number;
  toMinutes: number | null;
}): string {
  const whole = Number.isInteger(fromMinutes) && Number.isInteger(toMinutes ?? 0);
  const [from, to, unit] = whole
    ? [fromMinutes, toMinutes, 'minutes']
    : [seconds(fromMinutes), toMinutes === null ? null : seconds(toMinutes), 'seconds'];
  return to === null ? `${from}+ ${unit}` : `${from}-${to} ${unit}`;
}

/** The end of a span: `15 minutes`, `no end`. */
export function endText(toMinutes: number | null): string {
  return toMinutes === null ? 'no end' : minutesText(toMinutes);
}

/** `> 1 s at the 95th percentile`; the comparison may be left out. */
export function thresholdText({ op, value, unit, percentile }: Threshold, withOp = true): string {
  const limit = `${withOp ? `${op} ` : ''}${value} ${unit}`;
  return percentile === undefined ? limit : `${limit} at the ${percentile}${ordinal(percentile)} percentile`;
}

function ordinal(number: number): string {
  if (!Number.isInteger(number) || (number % 100 >= 11 && number % 100 <= 13)) return 'th';
  return ({ 1: 'st', 2: 'nd', 3: 'rd' } as Record<number, string>)[number % 10] ?? 'th';
}

/** `a, b and c`. */
export function listed(items: string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** A time that may be missing: `15 minutes`, `no time`. */
export function timeText(minutes: number | null | undefined): string {
  return minutes === null || minutes === undefined ? 'no time' : minutesText(minutes);
}
