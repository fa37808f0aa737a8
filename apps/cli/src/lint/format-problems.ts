import type { Problem, ProblemLevel } from '@tocsin/runbook';
import pc from 'picocolors';
import { printable } from './printable.ts';
import { sourceExcerpt } from './source-excerpt.ts';

type Colors = ReturnType<typeof pc.createColors>;

/** How problems are printed: only those of `file` show their line; `width` is that of the terminal, in columns. */
export interface PrintOptions {
  file: string;
  useColor: boolean;
  width: number;
}

/** Problems of one text as a compiler prints them, one block each. */
export function formatProblems(problems: Problem[], text: string, options: PrintOptions): string[] {
  const colors = pc.createColors(options.useColor);
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  return problems.map((problem, index) => {
    const before = problems[index - 1];
    const isShown = before !== undefined && samePlace(before, problem);
    return [
      headOf(problem, colors),
      ...(isShown || problem.file !== options.file ? [] : excerptOf(problem, lines, colors, options.width)),
      ...suggestionOf(problem, colors),
    ].join('\n');
  });
}

function samePlace(a: Problem, b: Problem): boolean {
  return a.line === b.line && a.column === b.column && a.endLine === b.endLine && a.endColumn === b.endColumn;
}

function headOf(problem: Problem, colors: Colors): string {
  const place = colors.bold(`${problem.file}:${problem.line}:${problem.column}:`);
  const level = levelColor(problem.level, colors)(`${problem.level} ${problem.code}:`);
  return `${place} ${level} ${printable(problem.message)}`;
}

const MARGIN = 6;

function excerptOf(problem: Problem, lines: string[], colors: Colors, width: number): string[] {
  const excerpt = sourceExcerpt(lines, problem, Math.max(40, width - MARGIN - 3));
  if (excerpt === null) return [];
  const mark = levelColor(problem.level, colors);
  return [
    `${colors.dim(`${excerpt.number.padStart(MARGIN)} |`)} ${excerpt.line}`,
    `${colors.dim(`${' '.repeat(MARGIN)} |`)} ${excerpt.marks.replace(/\^+/, (carets) => mark(carets))}`,
  ];
}

function suggestionOf({ suggestion, fix }: Problem, colors: Colors): string[] {
  if (suggestion === undefined) return [];
  const word = fix?.safe === true ? 'fix' : 'try';
  const [first = '', ...more] = suggestion.split('\n').map(printable);
  const label = `${word}:`.padStart(MARGIN + 1);
  return [`${colors.green(label)} ${first}`, ...more.map((line) => `${' '.repeat(MARGIN + 2)}${line}`)];
}

function levelColor(level: ProblemLevel, colors: Colors): (text: string) => string {
  switch (level) {
    case 'error':
      return colors.red;
    case 'warning':
      return colors.yellow;
    case 'info':
      return colors.cyan;
    default:
      return level satisfies never;
  }
}

/** The last line: how many problems, and what to do about them. */
export function summaryOf(problems: Problem[]): string {
  if (problems.length === 0) return 'no problems';
  const count = (level: ProblemLevel, word: string): string => {
    const n = problems.filter((problem) => problem.level === level).length;
    return `${n} ${word}${n === 1 || word === 'info' ? '' : 's'}`;
  };
  const counts = [count('error', 'error'), count('warning', 'warning'), count('info', 'info')].join(', ');
  const fixable = problems.filter(({ fix }) => fix?.safe === true).length;
  const fixes = fixable === 0 ? '' : `; --fix mends ${fixable}`;
  return `${counts}${fixes}; why: tocsin lint --explain ${problems[0]?.code ?? 'CODE'}`;
}
