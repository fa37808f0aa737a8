import type { RunbookDocument } from '../document/document.ts';
import type { Action, Effect, Fix, SourceRange } from '../plan.ts';

/** A change of a statement's text; offsets count UTF-16 units into `action.text`. */
export interface Edit {
  from: number;
  to: number;
  text: string;
}

/** What changes something stays as it is until a person has looked; only what reads, or goes away by itself, is rewritten safely. */
const HARMLESS = new Set<Effect>(['read', 'create-temp']);

/** The statement as it should read, and the same as an edit of the document where its text stands there unbroken. */
export function rewrite(
  document: RunbookDocument,
  action: Action,
  edits: Edit[],
  safe: boolean,
): { suggestion?: string; fix?: Fix } {
  const sorted = edits.toSorted((a, b) => a.from - b.from);
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return {};
  const suggestion = edited(action.text, sorted, 0, action.text.length);
  const range = rangeInAction(document, action, first.from, last.to);
  if (range === undefined) return { suggestion };
  const text = edited(action.text, sorted, first.from, last.to);
  return { suggestion, fix: { ...range, text, safe: safe && HARMLESS.has(action.effect) } };
}

function edited(text: string, edits: Edit[], from: number, to: number): string {
  let result = '';
  let at = from;
  for (const edit of edits) {
    result += text.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return result + text.slice(at, to);
}

/** Where a part of a statement stands in the document; undefined when its text is not there as it was read. */
export function rangeInAction(
  document: RunbookDocument,
  action: Action,
  from: number,
  to: number,
): SourceRange | undefined {
  const lines = action.text.split('\n');
  const columns = lines.map((text, index) => columnOf(document, action, text, index));
  const isAsRead = lines.every((text, index) => {
    const column = columns[index] ?? 1;
    const source = document.lines[action.source.line - 1 + index] ?? '';
    return source.slice(column - 1, column - 1 + text.length) === text;
  });
  if (!isAsRead) return undefined;
  const start = placeOf(action, lines, columns, from);
  const end = placeOf(action, lines, columns, to);
  return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

function columnOf(document: RunbookDocument, action: Action, text: string, index: number): number {
  if (index === 0) return action.source.column;
  const line = action.source.line + index;
  if (line === action.source.endLine) return action.source.endColumn - text.length;
  return (document.lines[line - 1] ?? '').length - text.length + 1;
}

function placeOf(
  action: Action,
  lines: string[],
  columns: number[],
  offset: number,
): { line: number; column: number } {
  let rest = offset;
  let index = 0;
  while (index < lines.length - 1 && rest > (lines[index] ?? '').length) {
    rest -= (lines[index] ?? '').length + 1;
    index += 1;
  }
  return { line: action.source.line + index, column: (columns[index] ?? 1) + rest };
}
