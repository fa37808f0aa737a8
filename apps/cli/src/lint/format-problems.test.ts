import type { Problem } from '@tocsin/runbook';
import { expect, it } from 'vitest';
import { formatProblems, summaryOf } from './format-problems.ts';

const problem: Problem = {
  code: 'RB050',
  level: 'warning',
  message: 'only ten lines',
  file: 'a.md',
  line: 2,
  column: 9,
  endLine: 2,
  endColumn: 13,
  suggestion: 'kubectl logs --tail=500 -l a=b\nand more',
};
const text = '# R\nkubectl logs -l a=b\n';
const plain = { file: 'a.md', useColor: false, width: 80 };

it('prints a problem like a compiler', () => {
  expect(formatProblems([problem], text, plain)).toEqual([
    [
      'a.md:2:9: warning RB050: only ten lines',
      '     2 | kubectl logs -l a=b',
      '       |         ^^^^',
      '   try: kubectl logs --tail=500 -l a=b',
      '        and more',
    ].join('\n'),
  ]);
});

it('shows a line once for problems of one place, and calls a safe fix a fix', () => {
  const fix = { line: 2, column: 13, endLine: 2, endColumn: 13, text: ' --tail=500', safe: true };
  const [, second] = formatProblems([problem, { ...problem, suggestion: 'x', fix }], text, plain);
  expect(second).toBe('a.md:2:9: warning RB050: only ten lines\n   fix: x');
});

it('colours on demand only, and never obeys the document', () => {
  const [colored] = formatProblems([problem], text, { ...plain, useColor: true });
  expect(colored).toContain('\u001B[33mwarning RB050:');
  const hostile = { ...problem, message: 'a\u001B[2Jb\u202E', suggestion: '\u0007' };
  expect(formatProblems([hostile], '\n\u001B[2J\n', plain).join()).not.toMatch(/(?!\n)\p{Cc}|\u202E/u);
});

it.each([
  [[], 'no problems'],
  [[problem], '0 errors, 1 warning, 0 info; why: tocsin lint --explain RB050'],
  [
    [{ ...problem, level: 'error' as const }, problem, problem, { ...problem, level: 'info' as const }],
    '1 error, 2 warnings, 1 info; why: tocsin lint --explain RB050',
  ],
])('counts', (problems, expected) => {
  expect(summaryOf(problems)).toBe(expected);
});
