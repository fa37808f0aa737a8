import type { Section, TableBlock, TextLine } from '../document/document.ts';
import { plainText } from '../document/plain-text.ts';

/** The tables directly in these sections. */
export function tablesOf(sections: Section[]): TableBlock[] {
  return sections.flatMap((section) =>
    section.blocks.flatMap((block) => (block.type === 'table' ? [block] : [])),
  );
}

/** The rows of a table without its header. */
export function rowsOf(table: TableBlock): TextLine[][] {
  return table.rows.slice(1);
}

/** The column whose header says one of these, the first pattern before the next; -1 when none does. */
export function columnOf(header: TextLine[], patterns: RegExp[]): number {
  for (const pattern of patterns) {
    const found = header.findIndex((cell) => pattern.test(plainText(cell.text)));
    if (found >= 0) return found;
  }
  return -1;
}
