import { COUNT, inMinutes, UNIT } from './units.ts';
import { readWindow, type Window } from './window.ts';

const AT_ONCE =
  /(?<![A-Za-z\u00C0-\u024F])(?:immediately|immediate|at once|right away|instantly|straight away|sofort|unverzüglich|immédiatement|tout de suite|inmediatamente|de inmediato)(?![A-Za-z\u00C0-\u024F])/iu;
const BARE = new RegExp(`^\\s*(?:t\\s*)?[+@]?\\s*(${COUNT})\\s*(${UNIT})\\.?\\s*$`, 'iu');
const UNANSWERED = new RegExp(
  `(?<![A-Za-z\\u00C0-\\u024F])(?:unresolved|unacknowledged|unanswered|no (?:answer|response|progress|reaction)|not (?:resolved|acknowledged|fixed))\\s+(?:in|after|for|within)\\s+(${COUNT})\\s*(${UNIT})(?![A-Za-z\\u00C0-\\u024F])`,
  'iu',
);
const AFTER = new RegExp(
  `(?<![A-Za-z\\u00C0-\\u024F])(?:after|nach|après|después de)\\s+(${COUNT})\\s*(${UNIT})(?![A-Za-z\\u00C0-\\u024F])`,
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
