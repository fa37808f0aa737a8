import type { Block, ListItem, Section, TextLine } from '../document/document.ts';
import { plainText } from '../document/plain-text.ts';

/** The first paragraph of an item as one line of plain text. */
export function itemText(item: ListItem): string {
  return plainText(
    itemLines(item)
      .map((line) => line.text)
      .join(' '),
  );
}

/** The first paragraph of an item, line by line, marks included. */
export function itemLines(item: ListItem): TextLine[] {
  const first = item.blocks[0];
  if (first?.type === 'paragraph') return first.lines;
  if (first?.type !== 'heading') return [];
  return [{ text: first.text, line: first.source.line, column: first.source.column }];
}

/** The first line of an item; a place without text when the item is empty. */
export function itemLine(item: ListItem): TextLine {
  return itemLines(item)[0] ?? { text: '', line: item.source.line, column: item.source.column };
}

/** Items of the lists directly in these blocks. */
export function itemsOf(blocks: Block[]): ListItem[] {
  return blocks.flatMap((block) => (block.type === 'list' ? block.items : []));
}

/** All items of a section, nested ones included, in order. */
export function allItems(section: Section): ListItem[] {
  return nestedItems(section.blocks);
}

/** Items of these blocks and of the lists inside them, in order. */
export function nestedItems(blocks: Block[]): ListItem[] {
  return itemsOf(blocks).flatMap((item) => [item, ...nestedItems(item.blocks)]);
}
