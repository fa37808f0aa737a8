import type { SourceRange } from '@tocsin/runbook';
import { printable } from './printable.ts';

/** A line of the source, cut to fit, and the marks below its part that is meant. */
export interface SourceExcerpt {
  number: string;
  line: string;
  marks: string;
}

/** What stands before a place that lies far to the right. */
const LEAD = 24;
const CUT = '…';

/** The first line of a range in at most `width` columns, without its indent; null when there is nothing to show. */
export function sourceExcerpt(lines: string[], range: SourceRange, width: number): SourceExcerpt | null {
  const whole = printable(lines[range.line - 1] ?? '').trimEnd();
  const text = whole.trimStart();
  const indent = whole.length - text.length;
  const from = range.column - 1 - indent;
  const to = (range.endLine === range.line ? range.endColumn - 1 : whole.length) - indent;
  if (text === '' || from < 0 || to <= from) return null;
  const start = startOf({ from, to, length: text.length }, width);
  const head = start === 0 ? '' : CUT;
  const room = width - head.length;
  const isCut = text.length - start > room;
  const end = isCut ? start + room - 1 : text.length;
  const marks = '^'.repeat(Math.max(1, Math.min(to, end) - from));
  return {
    number: String(range.line),
    line: head + text.slice(start, end) + (isCut ? CUT : ''),
    marks: ' '.repeat(from - start + head.length) + marks,
  };
}

/** Where a line that is too long begins to be shown, so that the marked part is in sight. */
function startOf({ from, to, length }: { from: number; to: number; length: number }, width: number): number {
  if (length <= width || to < width) return 0;
  return Math.max(0, Math.min(from - LEAD, length - width + 1));
}
