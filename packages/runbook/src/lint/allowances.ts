import { groupBy } from '../group-by.ts';
import type { Allowance } from '../document/document.ts';
import type { Problem, SourceRange } from '../plan.ts';
import { rawAnnotations } from './raw-annotations.ts';
import type { Finding, LintContext } from './rule.ts';

/** Codes from here on are found beside the document, where lint of the text alone cannot see them. */
const BESIDE = /^RB[3-9]\d\d$/;

/** Errors cannot be allowed: the plan would be wrong. */
export function isAllowed({ document }: LintContext, problem: Problem): boolean {
  if (problem.level === 'error') return false;
  return document.allowances.some(
    (allowance) => isIn(allowance, problem) && allowance.codes.includes(problem.code),
  );
}

/** RB007: allowances that nothing needs any more: the next real hit would pass unseen. */
export function unusedAllowances(context: LintContext, problems: Problem[]): Finding[] {
  if (context.document.allowances.length === 0) return [];
  const byCode = groupBy(problems, (problem) => problem.code);
  return context.document.allowances.flatMap((allowance) =>
    allowance.codes
      .filter((code) => !BESIDE.test(code))
      .flatMap((code) => {
        const hits = (byCode.get(code) ?? []).filter((problem) => isIn(allowance, problem));
        if (hits.some((problem) => problem.level !== 'error')) return [];
        const why = hits.length > 0 ? 'an error cannot be allowed' : 'nothing here hits it';
        const suggestion = `take ${code} out of "allow"`;
        return [
          { source: placeOf(context, allowance, code), message: `allows ${code}, but ${why}`, suggestion },
        ];
      }),
  );
}

function isIn(allowance: Allowance, problem: Problem): boolean {
  return problem.line >= allowance.fromLine && problem.line <= allowance.toLine;
}

/** The annotation that allows the code: in the lines it speaks for, or the last one above them. */
function placeOf(context: LintContext, { fromLine, toLine }: Allowance, code: string): SourceRange {
  const naming = rawAnnotations(context).filter(
    ({ json }) => json.includes(code) && json.includes('"allow"'),
  );
  const inside = naming.find(({ source }) => source.line >= fromLine && source.line <= toLine);
  const above = naming.findLast(({ source }) => source.line < fromLine);
  const line = { line: fromLine, column: 1, endLine: fromLine, endColumn: 1 };
  return (inside ?? above)?.source ?? line;
}
