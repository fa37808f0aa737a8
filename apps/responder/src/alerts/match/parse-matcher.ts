import { AppError } from '#platform';
import { compileMatchers, type Matcher } from './matcher.ts';

const shape = /^\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(=~|=|!=|!~)\s*([\s\S]*?)\s*$/;

/** Reads `name="value"`, `name=~"regex"`, also without quotes. Throws AppError `invalid` with `place`. */
export function parseMatcher(text: string, place: string): Matcher {
  const [, name, operator, raw = ''] = shape.exec(text) ?? [];
  if (name === undefined || operator === undefined)
    throw new AppError('invalid', `${place}: "${text}"; expected NAME="VALUE", or with one of != =~ !~`);
  const value = unquoted(raw);
  if (value === null)
    throw new AppError('invalid', `${place}: "${text}"; expected a value in quotes that are closed`);
  const matcher = {
    name,
    value,
    isRegex: operator.endsWith('~'),
    isEqual: !operator.startsWith('!'),
  };
  requireRegex(matcher, place);
  return matcher;
}

/** Throws AppError `invalid` when the matcher's expression is none. */
export function requireRegex(matcher: Matcher, place: string): void {
  try {
    compileMatchers([matcher]);
  } catch (cause) {
    throw new AppError(
      'invalid',
      `${place}: "${matcher.value}"; expected a regular expression: ${String(cause)}`,
      {
        cause,
      },
    );
  }
}

/** Splits `{a="b", c=~"d"}` or `a="b",c=~"d"` at the commas outside of quotes. Throws AppError `invalid`. */
export function parseMatchers(text: string, place: string): readonly Matcher[] {
  const inner = text
    .trim()
    .replace(/^\{([\s\S]*)\}$/, '$1')
    .trim();
  const parts = inner.match(/(?:"(?:\\.|[^"\\])*"|[^,"])+/g) ?? [];
  return parts.filter((part) => part.trim() !== '').map((part) => parseMatcher(part, place));
}

const escapes: Readonly<Record<string, string>> = { n: '\n', '"': '"', '\\': '\\' };

/** Quotes and the escapes of Alertmanager's notation taken away; null when a quote stays open. */
function unquoted(raw: string): string | null {
  const opens = raw.startsWith('"');
  const inner = opens ? /^"((?:\\[\s\S]|[^"\\])*)"$/.exec(raw)?.[1] : raw;
  if (inner === undefined || (!opens && raw.includes('"') && !/\\"/.test(raw))) return null;
  return inner.replace(/\\([n"\\])/g, (_whole, letter: string) => escapes[letter] ?? letter);
}
