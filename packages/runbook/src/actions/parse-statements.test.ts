import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStatements } from './parse-statements.ts';

describe('parseStatements', () => {
  it('reads words as a shell would', () => {
    const [statement] = parseStatements(`a "b c" 'd "e"' f\\ g --h="i j" k'l'm \\\n  n`);
    expect(statement?.pipeline).toEqual([['a', 'b c', 'd "e"', 'f g', '--h=i j', 'klm', 'n']]);
  });

  it('labels statements by the comment above, up to a blank line', () => {
    const labels = parseStatements('# one\na\nb\n\nc\n# two\n# more\nd # aside\ne').map(({ text, label }) => [
      text,
      label,
    ]);
    expect(labels).toEqual([
      ['a', 'one'],
      ['b', 'one'],
      ['c', undefined],
      ['d', 'two more'],
      ['e', 'two more'],
    ]);
  });

  it.each([
    'a && b',
    'a || b',
    'a &',
    'a > f',
    'a < f',
    'a 2>&1',
    'a <<E\nx\nE',
    'echo $(b)',
    'echo `b`',
    'echo "$HOME"',
    'echo ~/x',
    'echo {a,b}',
    'X=1 a',
    'X=1',
    '! a',
    'time a',
    'a |& b',
    'if a; then b; fi',
    'for i in 1 2; do a; done',
    '(a)',
    '{ a; }',
    'f() { a; }',
    '[[ -f a ]]',
    'a <(b)',
  ])('finds no argv in %j, and says why', (text) => {
    const [statement] = parseStatements(text);
    expect(statement?.pipeline).toBeNull();
    expect(statement?.reason).toBeTruthy();
  });

  it('loses nothing behind a syntax error', () => {
    const statements = parseStatements("a b\nc 'd\ne\n");
    expect(statements.map(({ text, pipeline }) => [text, pipeline])).toEqual([
      ['a b', [['a', 'b']]],
      ["c 'd\ne", null],
    ]);
  });

  it('gives every quoted argument back unchanged', () => {
    const argument = fc
      .string({ unit: 'grapheme' })
      .filter((text) => !/[\0\r\uE000-\uF8FF]/.test(text) && !/<[a-z]/.test(text));
    fc.assert(
      fc.property(fc.array(argument), (args) => {
        const quoted = args.map((arg) => `'${arg.replaceAll("'", "'\\''")}'`);
        expect(parseStatements(['kubectl', ...quoted].join(' '))[0]?.pipeline).toEqual([
          ['kubectl', ...args],
        ]);
      }),
    );
  });
});
