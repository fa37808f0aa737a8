import type { RunbookProblem } from '@tocsin/contract';
import { expect, it } from 'vitest';
import { linesToShow } from './lines-to-show.ts';

const problem = (line: number): RunbookProblem => ({
  code: 'RB004',
  level: 'error',
  message: 'm',
  line,
  column: 1,
  suggestion: null,
});
const text = Array.from({ length: 9 }, (_, index) => `line ${index + 1}`).join('\r\n');

const brief = (...given: Parameters<typeof linesToShow>) =>
  linesToShow(...given).map((one) =>
    'hidden' in one ? `${one.from}: ${one.hidden} hidden` : `${one.text}${'!'.repeat(one.problems.length)}`,
  );

it('shows lines around each problem, and how many are left out', () => {
  expect(brief(text, [problem(3), problem(3), problem(8)], 1)).toEqual([
    '1: 1 hidden',
    'line 2',
    'line 3!!',
    'line 4',
    '5: 2 hidden',
    'line 7',
    'line 8!',
    'line 9',
  ]);
});

it('shows every line', () => {
  expect(brief(text, [problem(1)], null)).toHaveLength(9);
});

it('puts a problem beyond the end on the last line', () => {
  expect(brief('a\nb', [problem(7)], 0)).toEqual(['1: 1 hidden', 'b!']);
});
