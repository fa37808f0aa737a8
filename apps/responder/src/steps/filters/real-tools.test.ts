import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFilter } from './parse-filter.ts';
import { runFilter } from './run-filter.ts';

/** One call of a filter: its arguments and what comes down the pipe. */
interface Call {
  readonly argv: readonly string[];
  readonly input: string;
}

interface Answer {
  readonly output: string;
  readonly exitCode: number;
}

const NAMES = ['grep', 'head', 'tail', 'sort', 'wc', 'cut', 'uniq'];

/** GNU's tools have the last word where they are; filters.test.ts holds a fixed table for machines without them. */
const installed = new Set(
  NAMES.filter((name) => spawnSync(name, ['--version']).stdout?.includes('GNU') ?? false),
);

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** What the real tools answer, all in one shell: a process for each call would take most of the time. */
function realAnswers(calls: readonly Call[]): readonly Answer[] {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-filters-'));
  const lines = calls.map(({ argv, input }, n) => {
    writeFileSync(join(folder, `${n}.in`), input);
    return `cat ${n}.in | ${argv.map(quoted).join(' ')} >${n}.out 2>${n}.err; echo $? >${n}.rc`;
  });
  writeFileSync(join(folder, 'all.sh'), lines.join('\n'));
  execFileSync('/bin/sh', ['all.sh'], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' },
  });
  const answers = calls.map((_, n) => ({
    output: readFileSync(join(folder, `${n}.out`), 'utf8'),
    exitCode: Number(readFileSync(join(folder, `${n}.rc`), 'utf8')),
  }));
  rmSync(folder, { recursive: true });
  return answers;
}

/** Calls that we answer, and answer otherwise than the real tool. */
function differences(calls: readonly Call[]): readonly unknown[] {
  const runnable = calls.filter(
    ({ argv }) => installed.has(argv[0] ?? '') && parseFilter(argv).problem === undefined,
  );
  const real = realAnswers(runnable);
  return runnable.flatMap(({ argv, input }, n) => {
    const { filter } = parseFilter(argv);
    const ours = filter === undefined ? null : runFilter(filter, input);
    return JSON.stringify(ours) === JSON.stringify(real[n]) ? [] : [{ argv, input, ours, real: real[n] }];
  });
}

const line = fc.oneof(
  fc.string({
    unit: fc.constantFrom('a', 'b', 'B', ' ', ':', '.', '1', '2', '-', 'é', '\t', '_'),
    maxLength: 8,
  }),
  fc.constantFrom('error', 'Error: pool', '10', '9', '-3', '1.5', '', 'a b', '00'),
);
const input = fc
  .tuple(fc.array(line, { maxLength: 12 }), fc.boolean())
  .map(([lines, end]) => lines.join('\n') + (end && lines.length > 0 ? '\n' : ''));

function some(...options: string[]): fc.Arbitrary<string[]> {
  return fc.subarray(options);
}

const small = fc.nat({ max: 4 }).map(String);
const pattern = fc.oneof(
  fc.constantFrom(
    'a',
    'B',
    'error',
    '^a',
    'a$',
    '^$',
    'a*b',
    '[^a]b',
    '[ab]*',
    '1.5',
    String.raw`a\|b`,
    'a|b',
    '',
  ),
  fc.constantFrom(
    '(ab)+',
    String.raw`\(a\)\1`,
    'b{1,2}',
    String.raw`b\{1,2\}`,
    '[[:digit:]]',
    String.raw`\ba`,
    String.raw`\Ba`,
    String.raw`\<.`,
    String.raw`.\>`,
    String.raw`\w\W`,
    '.',
    '*a',
    '+',
    '?',
  ),
);
const context = fc.oneof(
  fc.constant<string[]>([]),
  fc.tuple(fc.constantFrom('-A', '-B', '-C', '-m'), small).map(([flag, count]) => [flag, count]),
);
const count = fc.oneof(
  small.map((n) => ['-n', n]),
  small.map((n) => [`-n${n}`]),
  small.map((n) => ['-c', n]),
  small.map((n) => [`--lines=${n}`]),
  fc.constant<string[]>([]),
  fc.nat({ max: 4 }).map((n) => [`-${n}`]),
);
const key = fc.oneof(
  fc.constant<string[]>([]),
  fc.constantFrom(
    ['-k2'],
    ['-k', '1,1'],
    ['-k2,2n'],
    ['-k2nr'],
    ['-k1,1', '-k2'],
    ['-t:', '-k2'],
    ['-t', ':', '-k2,2r'],
    ['-t.', '-k1n'],
  ),
);
const list = fc.constantFrom('1', '2', '1,3', '2-', '-2', '1-2,4', '3,1');

const argv = fc.oneof(
  fc
    .tuple(
      some('-i', '-v', '-c', '-n', '-o', '-w', '-x', '-q'),
      fc.constantFrom('-E', '-F', '-G'),
      context,
      pattern,
    )
    .map(([flags, kind, around, text]) => ['grep', ...flags, kind, ...around, '-e', text]),
  count.map((args) => ['head', ...args]),
  count.map((args) => ['tail', ...args]),
  small.map((n) => ['tail', '-n', `+${n}`]),
  small.map((n) => ['head', '-n', `-${n}`]),
  fc.tuple(some('-r', '-n', '-u', '-f', '-b', '-s'), key).map(([flags, keys]) => ['sort', ...flags, ...keys]),
  some('-l', '-w', '-c', '-m').map((flags) => ['wc', ...flags]),
  some('-c', '-d', '-u', '-i').map((flags) => ['uniq', ...flags]),
  fc.tuple(list, some('-s')).map(([fields, flags]) => ['cut', '-d:', `-f${fields}`, ...flags]),
  fc.tuple(list, fc.constantFrom('-b', '-c')).map(([bytes, flag]) => ['cut', `${flag}${bytes}`]),
);

describe('against the tools of this machine', () => {
  test('any text through any of these commands', () => {
    const calls = fc.sample(fc.record({ argv, input }), 250);
    expect(differences(calls).slice(0, 3)).toEqual([]);
  }, 120_000);

  test('the comparison finds a difference', () => {
    const wrong = { argv: ['wc', '-l'], input: 'a\n' };
    const real = realAnswers(installed.has('wc') ? [wrong] : []);
    expect(real).toEqual(installed.has('wc') ? [{ output: '1\n', exitCode: 0 }] : []);
    expect(real[0]?.output).not.toBe('2\n');
  });
});
