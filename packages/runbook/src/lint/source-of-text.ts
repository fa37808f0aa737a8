import type { RunbookDocument } from '../document/document.ts';
import type { SourceRange } from '../plan.ts';

/** The heading that says these words, or else the first line that does; the document's start when none does. */
export function sourceOfText(document: RunbookDocument, ...words: string[]): SourceRange {
  const hasAll = (text: string): boolean => words.every((word) => text.includes(word));
  const section = document.sections.find(({ title, depth }) => depth > 0 && hasAll(title));
  if (section !== undefined) return section.source;
  const index = document.lines.findIndex(hasAll);
  if (index < 0) return { line: 1, column: 1, endLine: 1, endColumn: 1 };
  const text = document.lines[index] ?? '';
  const column = text.length - text.trimStart().length + 1;
  return {
    line: index + 1,
    column,
    endLine: index + 1,
    endColumn: Math.max(column, text.trimEnd().length + 1),
  };
}
