import type { RunbookDocument } from '../document/document.ts';
import { readWindow } from '../grammar/window.ts';
import { numberOf } from '../grammar/units.ts';
import type { SourceRange } from '../plan.ts';
import type { Finding } from './rule.ts';

const NUMBER = /(?<![\p{L}\d.,])\d{1,9}(?:[.,]\d{1,6})?/u;

/** The window written so that it begins at another minute, in its own unit; nothing when that does not read well. */
export function beginAt(
  document: RunbookDocument,
  span: { source: SourceRange; fromMinutes: number; toMinutes: number | null },
  wantedMinutes: number,
): Pick<Finding, 'suggestion' | 'fix'> {
  const { line, column } = span.source;
  const window = windowOf(document, span.source);
  const first = NUMBER.exec(window.text);
  if (first === null) return {};
  const written = numberOf(first[0]);
  const minutesPerUnit = written === 0 ? unitOfEnd(window.text, span.toMinutes) : span.fromMinutes / written;
  const number = String(Math.round((wantedMinutes / minutesPerUnit) * 1000) / 1000);
  const changed = window.text.replace(NUMBER, number);
  if (readWindow(changed)?.fromMinutes !== wantedMinutes) return {};
  const from = column + window.start + first.index;
  const fix = {
    line,
    column: from,
    endLine: line,
    endColumn: from + first[0].length,
    text: number,
    safe: false,
  };
  return { suggestion: window.start === 0 ? changed : `(${changed})`, fix };
}

/** The text in brackets, or all of it where there are none, and where it starts. */
function windowOf(document: RunbookDocument, source: SourceRange): { text: string; start: number } {
  const line = document.lines[source.line - 1] ?? '';
  const text = line.slice(
    source.column - 1,
    source.endLine === source.line ? source.endColumn - 1 : undefined,
  );
  const bracket = /\(([^()]*)\)/.exec(text);
  return bracket === null ? { text, start: 0 } : { text: bracket[1] ?? '', start: bracket.index + 1 };
}

/** Minutes of one unit, from the number that ends the window. */
function unitOfEnd(window: string, toMinutes: number | null): number {
  const numbers = window.match(new RegExp(NUMBER, 'gu')) ?? [];
  const last = numberOf(numbers.at(-1) ?? '0');
  return toMinutes === null || last === 0 ? Number.NaN : toMinutes / last;
}
