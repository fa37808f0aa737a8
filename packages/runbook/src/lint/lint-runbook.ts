import { compileRunbook, type CompileOptions } from '../compile-runbook.ts';
import type { Problem } from '../plan.ts';

/** Checks a runbook: the same problems, in the order of the text, that its plan carries. */
export function lintRunbook(markdown: string, options: CompileOptions = {}): Problem[] {
  return compileRunbook(markdown, options).problems;
}
