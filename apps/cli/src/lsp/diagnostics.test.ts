import type { Problem } from '@tocsin/runbook';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import { describe, expect, it } from 'vitest';
import { diagnosticOf } from './diagnostics.ts';

const problem: Problem = {
  code: 'RB050',
  level: 'warning',
  message: 'only the last lines',
  file: 'r.md',
  line: 3,
  column: 5,
  endLine: 4,
  endColumn: 1,
};

describe('diagnosticOf', () => {
  it('counts from 0 and names its source', () => {
    expect(diagnosticOf(problem, () => null)).toEqual({
      range: { start: { line: 2, character: 4 }, end: { line: 3, character: 0 } },
      severity: DiagnosticSeverity.Warning,
      code: 'RB050',
      source: 'tocsin',
      message: 'only the last lines',
    });
  });

  it.each([
    ['error', DiagnosticSeverity.Error],
    ['warning', DiagnosticSeverity.Warning],
    ['info', DiagnosticSeverity.Information],
  ] as const)('shows the level %s as severity %d', (level, severity) => {
    expect(diagnosticOf({ ...problem, level }, () => null).severity).toBe(severity);
  });

  it('links to the page of its code and says what to write', () => {
    const shown = diagnosticOf({ ...problem, suggestion: 'add --tail' }, (code) => `file:///lint/${code}.md`);
    expect(shown.codeDescription).toEqual({ href: 'file:///lint/RB050.md' });
    expect(shown.message).toBe('only the last lines\nwrite: add --tail');
  });
});
