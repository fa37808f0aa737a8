import type { SourceRange } from '@tocsin/runbook';
import type { Position, Range } from 'vscode-languageserver/node';

/** The protocol counts lines and UTF-16 columns from 0, the plan from 1. */
export function rangeOf(source: SourceRange): Range {
  return {
    start: { line: source.line - 1, character: source.column - 1 },
    end: { line: source.endLine - 1, character: source.endColumn - 1 },
  };
}

/** Negative when `a` comes before `b`. */
export function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

/** True when the position stands in the range or at one of its ends. */
export function holds(range: Range, at: Position): boolean {
  return comparePositions(range.start, at) <= 0 && comparePositions(at, range.end) <= 0;
}

/** True when two ranges share a character or touch. */
export function touches(a: Range, b: Range): boolean {
  return comparePositions(a.start, b.end) <= 0 && comparePositions(b.start, a.end) <= 0;
}

/** The smallest range around all of these. */
export function hullOf(first: Range, others: readonly Range[]): Range {
  return others.reduce(
    (hull, { start, end }) => ({
      start: comparePositions(start, hull.start) < 0 ? start : hull.start,
      end: comparePositions(end, hull.end) > 0 ? end : hull.end,
    }),
    first,
  );
}
