import type { Fix, SourceRange } from '../plan.ts';

/** A text with fixes applied, and those that were left because another one touches the same place. */
export interface AppliedFixes {
  markdown: string;
  applied: Fix[];
  skipped: Fix[];
}

/**
 * Applies fixes to the text they were made for. Where two overlap, the first in the text wins and the other is in `skipped`. Line ends
 * and a byte order mark stay as they are; line breaks inside a fix are written as the document writes them.
 * Throws a `RangeError` for a fix that lies outside the text: it was made for another one.
 */
export function applyFixes(markdown: string, fixes: Fix[]): AppliedFixes {
  const lines = linesOf(markdown);
  const lineEnd = /\r\n|\r|\n/.exec(markdown)?.[0] ?? '\n';
  const placed = fixes
    .map((fix) => ({ fix, from: offsetOf(lines, fix, 'start'), to: offsetOf(lines, fix, 'end') }))
    .toSorted((a, b) => a.from - b.from || a.to - b.to);
  const result: AppliedFixes = { markdown: '', applied: [], skipped: [] };
  let at = 0;
  let end = -1;
  for (const { fix, from, to } of placed) {
    if (from <= end) {
      result.skipped.push(fix);
      continue;
    }
    result.markdown += markdown.slice(at, from) + fix.text.replaceAll('\n', lineEnd);
    result.applied.push(fix);
    at = to;
    end = to;
  }
  result.markdown += markdown.slice(at);
  return result;
}

interface Line {
  from: number;
  length: number;
}

function linesOf(markdown: string): Line[] {
  const lines: Line[] = [];
  let from = markdown.startsWith('\uFEFF') ? 1 : 0;
  for (const match of markdown.matchAll(/\r\n|\r|\n/g)) {
    lines.push({ from, length: match.index - from });
    from = match.index + match[0].length;
  }
  lines.push({ from, length: markdown.length - from });
  return lines;
}

function offsetOf(lines: Line[], fix: SourceRange, edge: 'start' | 'end'): number {
  const line = edge === 'start' ? fix.line : fix.endLine;
  const column = edge === 'start' ? fix.column : fix.endColumn;
  const found = lines[line - 1];
  if (found === undefined || column < 1 || column > found.length + 1) {
    const expected =
      found === undefined ? `a line from 1 to ${lines.length}` : `a column from 1 to ${found.length + 1}`;
    throw new RangeError(`fix: its ${edge} is ${line}:${column}, expected ${expected}`);
  }
  return found.from + column - 1;
}
