import { assert as check, constantFrom, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFilter } from './parse-filter.ts';
import { runFilter } from './run-filter.ts';

/** `[argv, input, output, exit code]`, as GNU tools 3.x/9.x answer in the C locale. */
const table: readonly (readonly [string, string, string, number])[] = [
  ['grep -i error', 'ok\nError one\nERROR two\n', 'Error one\nERROR two\n', 0],
  ['grep -v ok', 'ok\nno\n', 'no\n', 0],
  ['grep nothing', 'a\nb\n', '', 1],
  ['grep -c a', 'a\nb\na', '2\n', 0],
  ['grep -c z', 'a\n', '0\n', 1],
  ['grep -n b', 'a\nb\n', '2:b\n', 0],
  ['grep -A 1 b', 'a\nb\nc\nd\nb\ne\n', 'b\nc\n--\nb\ne\n', 0],
  ['grep -B1 c', 'a\nb\nc\n', 'b\nc\n', 0],
  ['grep -nC1 c', 'a\nb\nc\nd\ne\n', '2-b\n3:c\n4-d\n', 0],
  ['grep -o e[0-9]+', 'e1 e1+ e+\n', 'e1+\n', 0],
  ['grep -oE e[0-9]+', 'e1 xe22\n', 'e1\ne22\n', 0],
  ['grep -w pool', 'pools\nthe pool\npool_x\n', 'the pool\n', 0],
  ['grep -F a.b', 'axb\na.b\n', 'a.b\n', 0],
  ['grep -E error|fail', 'fail\nok\nerror\n', 'fail\nerror\n', 0],
  [String.raw`grep error\|fail`, 'fail\nok\nerror\n', 'fail\nerror\n', 0],
  ['grep -i connection.*pool', 'Connection to POOL\n', 'Connection to POOL\n', 0],
  ['grep ^[[:space:]]*x', '  x\ny x\n', '  x\n', 0],
  ['grep -m 1 a', 'a\na\n', 'a\n', 0],
  ['grep -e a -e b', 'a\nc\nb\n', 'a\nb\n', 0],
  ['grep -x ab', 'ab\nabc\n', 'ab\n', 0],
  ['head -2', 'a\nb\nc\n', 'a\nb\n', 0],
  ['head -n -1', 'a\nb\nc\n', 'a\nb\n', 0],
  ['head -c 3', 'ab\ncd\n', 'ab\n', 0],
  ['head', 'no end', 'no end', 0],
  ['tail -1', 'a\nb\n', 'b\n', 0],
  ['tail -n +2', 'a\nb\nc', 'b\nc', 0],
  ['tail -c 2', 'abc', 'bc', 0],
  ['sort', 'b\na\nB', 'B\na\nb\n', 0],
  ['sort -rn', '9\n10\n-1\n', '10\n9\n-1\n', 0],
  ['sort -u', 'a\nb\na\n', 'a\nb\n', 0],
  ['sort -k2 -n', 'x 10\ny 9\n', 'y 9\nx 10\n', 0],
  ['sort -t: -k2,2r', 'a:1\nb:2\n', 'b:2\na:1\n', 0],
  ['wc -l', 'a\nb\nc', '2\n', 0],
  ['wc', 'a b\nc\n', '      2       3       6\n', 0],
  ['cut -d: -f1,3-', 'a:b:c:d\nplain\n', 'a:c:d\nplain\n', 0],
  ['cut -c2-3', 'abcd\n', 'bc\n', 0],
  ['uniq -c', 'a\na\nb\n', '      2 a\n      1 b\n', 0],
  ['uniq -d', 'a\na\nb\n', 'a\n', 0],
  ['uniq -u', 'a\na\nb\n', 'b\n', 0],
];

function ours(argv: readonly string[], input: string): { output: string; exitCode: number } {
  const parsed = parseFilter(argv);
  if (parsed.filter === undefined) throw new Error(parsed.problem);
  return runFilter(parsed.filter, input);
}

describe('filters answer as the tools of their name', () => {
  test.each(table)('%s', (command, input, output, exitCode) => {
    expect(ours(command.split(' '), input)).toEqual({ output, exitCode });
  });
});

test.each([
  [['grep', '-P', 'a'], 'grep: option -P is not known'],
  [['grep'], 'grep: the pattern is missing'],
  [['grep', 'a', '/etc/passwd'], 'grep: reading files is not supported (/etc/passwd)'],
  [['grep', '-E', '(a+)+b'], 'a repeated group that repeats or chooses is not supported'],
  [['grep', '-E', '(a|a)*b'], 'a repeated group that repeats or chooses is not supported'],
  [['grep', '-o', '-A', '0', 'a'], '-o with context is not supported'],
  [['grep', '-wx', 'a'], '-w with -x is not supported'],
  [['grep', '-E', '+'], 'a repeat of nothing is not supported'],
  [['grep', '-E', 'a|*b'], 'a repeat of nothing is not supported'],
  [['grep', '-E', '{2}'], 'a repeat of nothing is not supported'],
  [['tail', '-f'], 'tail: option -f is not known'],
  [['head', '-n', 'x'], 'head: "x" is not a whole number'],
  [['awk', '{print}'], 'filter "awk" is not known'],
  [['constructor'], 'filter "constructor" is not known'],
])('%j is refused with the reason', (argv, reason) => {
  expect(parseFilter(argv).problem).toContain(reason);
});

test('a hostile pattern cannot stop the process', () => {
  check(
    property(
      string({
        unit: constantFrom('a', '(', ')', '*', '+', '|', '{', '}', '2', '\\', '[', ']', '^', '$', '?', '.'),
        maxLength: 10,
      }),
      constantFrom('-E', '-G'),
      (pattern, kind) => {
        const parsed = parseFilter(['grep', kind, '-e', pattern]);
        const startedAt = performance.now();
        if (parsed.filter !== undefined) runFilter(parsed.filter, `${'a'.repeat(60)}!\n`);
        expect(performance.now() - startedAt).toBeLessThan(10_000);
      },
    ),
    { numRuns: 2000 },
  );
}, 20_000);
