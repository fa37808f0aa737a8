import { COUNT, inMinutes, UNIT } from './units.ts';
import { readWindow, type Window } from './window.ts';

const AT_ONCE =
  /(?<![\p{L}])(?:immediately|immediate|at once|right away|instantly|straight away|sofort|unverzüglich|immédiatement|tout de suite|inmediatamente|de inmediato)(?![\p{L}])/iu;
const BARE = new RegExp(`^\\s*(?:t\\s*)?[+@]?\\s*(${COUNT})\\s*(${UNIT})\\.?\\s*$`, 'iu');
const UNANSWERED = new RegExp(
  `(?<![\\p{L}])(?:unresolved|unacknowledged|unanswered|no (?:answer|response|progress|reaction)|not (?:resolved|acknowledged|fixed))\\s+(?:in|after|for|within)\\s+(${COUNT})\\s*(${UNIT})(?![\\p{L}])`,
  'iu',
);
const AFTER = new RegExp(
  `(?<![\\p{L}])(?:after|nach|après|después de)\\s+(${COUNT})\\s*(${UNIT})(?![\\p{L}])`,
  'iu',
);

/**
 * When a level of an escalation begins, and ends where the text says so: a window, a bare `15 min`, `immediately`, or
 * `unresolved after 30 minutes`. Null when the text names no time.
 */
export function readStart(text: string): Window | null {
  const line = text.slice(0, 500);
  const late = UNANSWERED.exec(line);
  if (late !== null) return from(late);
  const window = readWindow(line);
  if (window !== null) return window;
  const bare = BARE.exec(line) ?? AFTER.exec(line);
  if (bare !== null) return from(bare);
  return AT_ONCE.test(line) ? { fromMinutes: 0, toMinutes: null } : null;
}

function from(match: RegExpExecArray): Window | null {
  const fromMinutes = inMinutes(match[1] ?? '', match[2] ?? '');
  return fromMinutes === null ? null : { fromMinutes, toMinutes: null };
}
