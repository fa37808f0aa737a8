import type { Problem, ProblemLevel } from '@tocsin/runbook';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node';
import { rangeOf } from './place.ts';

/** Address of a lint code's page, or null where the documentation is not installed. */
export type PageOf = (code: string) => string | null;

/** A problem as an editor shows it. */
export function diagnosticOf(problem: Problem, pageOf: PageOf): Diagnostic {
  const page = pageOf(problem.code);
  return {
    range: rangeOf(problem),
    severity: severityOf(problem.level),
    code: problem.code,
    ...(page === null ? {} : { codeDescription: { href: page } }),
    source: 'tocsin',
    message:
      problem.suggestion === undefined ? problem.message : `${problem.message}\nwrite: ${problem.suggestion}`,
  };
}

function severityOf(level: ProblemLevel): DiagnosticSeverity {
  switch (level) {
    case 'error':
      return DiagnosticSeverity.Error;
    case 'warning':
      return DiagnosticSeverity.Warning;
    case 'info':
      return DiagnosticSeverity.Information;
    default:
      return level satisfies never;
  }
}
