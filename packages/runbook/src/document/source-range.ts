import type { SourceRange } from '../plan.ts';
import type { TextLine } from './document.ts';

/** The range of one whole text line. */
export function rangeOfLine(text: TextLine): SourceRange {
  return {
    line: text.line,
    column: text.column,
    endLine: text.line,
    endColumn: text.column + text.text.length,
  };
}

/** The range from source line `from` (counted from 0) up to but not including `to`, without outer blanks. */
export function rangeOfLines(lines: string[], from: number, to: number): SourceRange {
  const last = Math.max(from, Math.min(to, lines.length) - 1);
  const first = lines[from] ?? '';
  return {
    line: from + 1,
    column: first.length - first.trimStart().length + 1,
    endLine: last + 1,
    endColumn: (lines[last] ?? '').trimEnd().length + 1,
  };
}

/** The range of `part` inside a text line, or the whole line when it is not there. */
export function rangeOfPart(text: TextLine, part: string): SourceRange {
  const at = text.text.indexOf(part);
  if (part === '' || at < 0) return rangeOfLine(text);
  return rangeOfLine({ text: part, line: text.line, column: text.column + at });
}
