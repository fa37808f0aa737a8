import type { Problem } from '../plan.ts';
import type { LintContext } from './rule.ts';
import { RULES } from './rules.ts';

/** All problems of a runbook in the order of the text: those found while compiling and those of the rules. */
export function lintPlan(context: LintContext, found: Problem[]): Problem[] {
  const { document } = context;
  const byRules = RULES.flatMap((rule) =>
    rule.find(context).map(({ source, message, suggestion, level }) => ({
      code: rule.code,
      level: level ?? rule.level,
      message,
      file: document.file,
      ...source,
      ...(suggestion === undefined ? {} : { suggestion }),
    })),
  );
  return [...found, ...byRules].filter((problem) => !isAllowed(context, problem)).toSorted(byPlace);
}

/** Errors cannot be allowed: the plan would be wrong. */
function isAllowed({ document }: LintContext, problem: Problem): boolean {
  if (problem.level === 'error') return false;
  return document.allowances.some(
    ({ codes, fromLine, toLine }) =>
      codes.includes(problem.code) && problem.line >= fromLine && problem.line <= toLine,
  );
}

function byPlace(a: Problem, b: Problem): number {
  return a.line - b.line || a.column - b.column || Number(a.code > b.code) - Number(a.code < b.code);
}
