import type { RunbookDocument } from '../document/document.ts';
import type { Plan, Problem } from '../plan.ts';
import { lintContext } from './lint-context.ts';
import { isAllowed, unusedAllowances } from './allowances.ts';
import type { Finding, LintContext, Rule } from './rule.ts';
import { RULES } from './rules.ts';

/** All problems of a runbook in the order of the text: those found while compiling and those of the rules. */
export function lintPlan(compiled: { document: RunbookDocument; plan: Plan }, found: Problem[]): Problem[] {
  const context = lintContext(compiled.document, compiled.plan);
  const byRules = RULES.flatMap((rule) => problemsOf(context, rule, rule.find(context)));
  const all = [...found, ...byRules];
  const unused = problemsOf(context, { code: 'RB007', level: 'info' }, unusedAllowances(context, all));
  return [...all.filter((problem) => !isAllowed(context, problem)), ...unused].toSorted(byPlace);
}

function problemsOf(
  context: LintContext,
  rule: Pick<Rule, 'code' | 'level'>,
  findings: Finding[],
): Problem[] {
  return findings.map(({ source, message, suggestion, fix, level }) => ({
    code: rule.code,
    level: level ?? rule.level,
    message,
    file: context.document.file,
    ...source,
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(fix === undefined ? {} : { fix }),
  }));
}

function byPlace(a: Problem, b: Problem): number {
  return a.line - b.line || a.column - b.column || Number(a.code > b.code) - Number(a.code < b.code);
}
