import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hiddenCharacter } from './hidden-character.ts';
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

  it.each([
    ['kubectl drain <NODE>', '<NODE> is no placeholder'],
    ['kubectl drain "<NODE>"', '<NODE>" is no placeholder'],
    ['kubectl drain node/<Node Name> --force', '<Node Name> is no placeholder'],
    ['kubectl drain <node_name>', '<node_name> is no placeholder'],
    ['kubectl drain {{node}}', '{{node}} is a placeholder of another tool'],
    ['kubectl drain {{ node }}', 'is a placeholder of another tool'],
    ['psql -c “select 1”', 'it holds “ (U+201C)'],
    ['kubectl get pods –n a', 'it holds – (U+2013)'],
    ['kubectl\u00a0get pods', 'a no-break space (U+00A0)'],
    ['kubectl get\u200b pods', 'a zero-width space (U+200B)'],
    ["kubectl get 'a\u202eb'", 'a mark that turns the text round (U+202E)'],
    ['kubectl get\rpods', 'a carriage return'],
    ['kubectl get !!', 'takes !! for its history'],
    ['kubectl set env d A=~/x', 'it expands A=~/x'],
    ['FOO=bar kubectl get', 'it sets the variable FOO'],
    ['kubectl get > f', 'it writes a file (>)'],
    ['kubectl get 2>&1', 'it redirects (>&)'],
    ['kubectl apply -f - <<E\na: b\nE', 'it carries its input with it (<<)'],
    ['kubectl get | while read a; do b; done', 'in its pipeline, it is a loop'],
    ['kubectl get $"a"', 'it expands $"a"'],
    ['kubectl get {a}<(b)', 'it holds < outside quotes'],
    ["kubectl get !''(@)", 'it expands'],
    ['kubectl get {a}\\{b,c}', 'it expands'],
    ['kubectl get -o jsonpath={.a,.b}', 'it expands'],
    ['kubectl (', 'does not read what follows: ('],
    ['kubectl delete pod a (the old one)', 'does not read it'],
    ['kubectl get pods \\', 'it ends in a backslash'],
    ['kubectl get @(a|b)', 'it expands @(a|b)'],
  ])('says of %j why', (text, reason) => {
    const [statement] = parseStatements(text);
    expect(statement?.pipeline).toBeNull();
    expect(statement?.reason).toContain(reason);
  });

  it.each([
    ["a $'b\\n\\x41' \"\" ''", ['a', 'b\nA', '', '']],
    ['a deployment/<name> "x <name>" # <node>', ['a', 'deployment/<name>', 'x <name>']],
    ['a --x={.items[*].y} * ? [a]', ['a', '--x={.items[*].y}', '*', '?', '[a]']],
    [`a '{{.status}}' "<Br> a" 'b < C and d > 1'`, ['a', '{{.status}}', '<Br> a', 'b < C and d > 1']],
    ['a "–" \'“\' l!=b', ['a', '–', '“', 'l!=b']],
  ])('reads %j as these arguments', (text, argv) => {
    expect(parseStatements(text).map((one) => one.pipeline)).toEqual([[argv]]);
  });

  it('reads Windows line ends as any other, also behind a backslash', () => {
    const statements = parseStatements('# one\r\na b\r\nc \\\r\n  d\r\n');
    expect(statements.map(({ text, pipeline, label }) => [text, pipeline, label])).toEqual([
      ['a b', [['a', 'b']], 'one'],
      ['c \\\r\n  d', [['c', 'd']], 'one'],
    ]);
  });

  it('takes no part of a line that the grammar does not read to the end', () => {
    const statements = parseStatements('kubectl get pods\nkubectl delete pod a |\n');
    expect(statements.map(({ text, pipeline }) => [text, pipeline])).toEqual([
      ['kubectl get pods', [['kubectl', 'get', 'pods']]],
      ['kubectl delete pod a |', null],
    ]);
  });

  it('gives every quoted argument back unchanged', () => {
    const argument = fc
      .string({ unit: 'grapheme' })
      .filter((text) => hiddenCharacter(text) === null && !/[\uE000-\uF8FF]|<[a-z]/i.test(text));
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
