import type { CompileOptions } from '../compile-runbook.ts';
import type { Problem } from '../plan.ts';
import { applyFixes } from './apply-fixes.ts';
import { lintRunbook } from './lint-runbook.ts';

/** Options of `fixRunbook`. */
export interface FixOptions extends CompileOptions {
  /** Also apply fixes that change prose or what a command does; default false. */
  unsafe?: boolean;
}

/** A runbook after its fixes. */
export interface FixedRunbook {
  markdown: string;
  /** What was mended, with its place in the text at that moment. */
  fixed: Problem[];
  /** What is left, with its place in the new text. */
  problems: Problem[];
}

/** A fix may make room for another one, but never so often: more rounds would be two fixes undoing each other. */
const MOST_ROUNDS = 10;

/**
 * Applies the safe fixes of a runbook until none is left. Fixes that touch the same place are applied one after the other, each made
 * anew for the text that the one before left. A round that would bring an error is not taken.
 */
export function fixRunbook(markdown: string, options: FixOptions = {}): FixedRunbook {
  let text = markdown;
  let problems = lintRunbook(text, options);
  const fixed: Problem[] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const fixable = problems.filter(({ fix }) => fix !== undefined && (fix.safe || options.unsafe === true));
    const fixes = fixable.flatMap(({ fix }) => fix ?? []);
    const result = applyFixes(text, fixes);
    if (result.markdown === text) break;
    const after = lintRunbook(result.markdown, options);
    if (countErrors(after) > countErrors(problems)) break;
    const applied = new Set(result.applied);
    fixed.push(...fixable.filter(({ fix }) => fix !== undefined && applied.has(fix)));
    text = result.markdown;
    problems = after;
  }
  return { markdown: text, fixed, problems };
}

function countErrors(problems: Problem[]): number {
  return problems.filter((problem) => problem.level === 'error').length;
}
