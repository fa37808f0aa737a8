import { expect, it } from 'vitest';
import { AppError } from '#platform';
import { compileMatchers, matcherText } from './matcher.ts';
import { parseMatcher, parseMatchers } from './parse-matcher.ts';

const labels = { alertname: 'HighErrors', severity: 'critical', path: 'a"b' };

it.each([
  ['severity="critical"', true],
  ['severity=critical', true],
  ['severity!="critical"', false],
  ['severity=~"crit"', false],
  ['severity=~"crit.*|warning"', true],
  ['severity!~"warn.*"', true],
  ['severity=~"(?i)CRITICAL"', true],
  ['team=""', true],
  ['team!=""', false],
  ['team=~".*"', true],
  ['path="a\\"b"', true],
] as const)('%s: %s', (text, holds) => {
  const matcher = parseMatcher(text, 'filter');
  expect(compileMatchers([matcher])(labels)).toBe(holds);
  expect(compileMatchers([parseMatcher(matcherText(matcher), 'again')])(labels)).toBe(holds);
});

it.each(['severity', '="x"', 'a=~"("', 'a="open', 'a b="x"'])('%s is refused with its place', (text) => {
  expect(() => parseMatcher(text, 'filter')).toThrow(AppError);
  expect(() => parseMatcher(text, 'filter')).toThrow(/^filter: ".*"; expected/);
});

it('splits at commas outside of quotes', () => {
  expect(parseMatchers('{a="x,y", b=~"z"}', 'filter').map(matcherText)).toEqual(['a="x,y"', 'b=~"z"']);
  expect(parseMatchers('', 'filter')).toEqual([]);
});
