import { compileRunbook, type Plan, type Problem } from '@tocsin/runbook';
import type { RunbookDocument, RunbookText } from './runbook-version.ts';

export function compileDocument(text: RunbookText): RunbookDocument {
  const { file, markdown, sidecar } = text;
  const plan = compileRunbook(markdown, { file, ...(sidecar === undefined ? {} : { sidecar }) });
  return { ...text, plan };
}

/** The document of a stored text, compiled by this compiler; when it now finds errors in it, as it was compiled then. */
export function restoreDocument(stored: RunbookDocument): RunbookDocument {
  const fresh = compileDocument({ ...stored });
  return errorsOf(fresh.plan).length > 0 ? stored : fresh;
}

export function errorsOf(plan: Plan): readonly Problem[] {
  return plan.problems.filter((problem) => problem.level === 'error');
}

/** One line a error: `file:line:column: code: message`. */
export function sayErrors(plan: Plan): string {
  return errorsOf(plan)
    .map((one) => `${one.file}:${one.line}:${one.column}: ${one.code}: ${one.message}`)
    .join('\n');
}
