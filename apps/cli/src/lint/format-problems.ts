import type { Problem, ProblemLevel } from '@tocsin/runbook';
import pc from 'picocolors';

type Colors = ReturnType<typeof pc.createColors>;

/** Problems as a compiler prints them, one block each, and a last line that counts them. */
export function formatProblems(problems: Problem[], useColor: boolean): string {
  const colors = pc.createColors(useColor);
  return [...problems.map((problem) => formatProblem(problem, colors)), summaryOf(problems)].join('\n');
}

function formatProblem(problem: Problem, colors: Colors): string {
  const place = colors.bold(`${problem.file}:${problem.line}:${problem.column}`);
  const level = levelColor(problem.level, colors)(problem.level);
  const head = `${place} ${level} ${colors.dim(problem.code)} ${problem.message}`;
  if (problem.suggestion === undefined) return head;
  const [first = '', ...more] = problem.suggestion.split('\n');
  return [head, `  ${colors.green('write:')} ${first}`, ...more.map((line) => `         ${line}`)].join('\n');
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

function summaryOf(problems: Problem[]): string {
  if (problems.length === 0) return 'no problems';
  const count = (level: ProblemLevel, word: string): string => {
    const n = problems.filter((problem) => problem.level === level).length;
    return `${n} ${word}${n === 1 || word === 'info' ? '' : 's'}`;
  };
  return [count('error', 'error'), count('warning', 'warning'), count('info', 'info')].join(', ');
}
