import { expect, it } from 'vitest';
import { sourceExcerpt } from './source-excerpt.ts';

const long = `${'a'.repeat(60)} here ${'b'.repeat(60)}`;
const range = (column: number, endColumn: number, endLine = 1) => ({ line: 1, column, endLine, endColumn });

it.each([
  ['a word', 'kubectl get pods', range(9, 12), 'kubectl get pods', '        ^^^'],
  ['an indented line', '   kubectl get', range(12, 15), 'kubectl get', '        ^^^'],
  ['a tab', '\tget\tpods', range(6, 10), 'get pods', '    ^^^^'],
  ['several lines', 'one \\', range(1, 4, 2), 'one \\', '^^^^^'],
  ['the end of a line', 'ab', range(2, 3), 'ab', ' ^'],
  ['a long line, cut at its end', long, range(1, 3), `${'a'.repeat(39)}…`, '^^'],
  [
    'a place far to the right',
    long,
    range(62, 66),
    `…${'a'.repeat(23)} here ${'b'.repeat(9)}…`,
    `${' '.repeat(25)}^^^^`,
  ],
  ['a long place', long, range(1, 120), `${'a'.repeat(39)}…`, '^'.repeat(39)],
  ['an escape sequence', 'a\u001B[31mb', range(1, 2), 'a\uFFFD[31mb', '^'],
])('shows %s', (...[, text, place, line, marks]) => {
  expect(sourceExcerpt([text], place, 40)).toEqual({ number: '1', line, marks });
});

it.each([
  ['an empty line', '', range(1, 1)],
  ['an empty range', 'text', range(1, 1)],
  ['the indent', '    text', range(1, 3)],
])('shows nothing for %s', (_, text, place) => {
  expect(sourceExcerpt([text], place, 40)).toBeNull();
});
