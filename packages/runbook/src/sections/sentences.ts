import type { Block, ParagraphBlock, Section, TableBlock, TextLine } from '../document/document.ts';
import { plainText } from '../document/plain-text.ts';
import { rangeOfLine } from '../document/source-range.ts';
import type { SourceRange } from '../plan.ts';
import { itemLine, itemText, nestedItems } from './bullets.ts';
import { rowsOf } from './columns.ts';

/** One thing that a section says: a bullet, a row, a line or a sentence, with its place. */
export interface Sentence {
  text: string;
  source: SourceRange;
}

const END_OF_SENTENCE = /(?<=[.!?;])\s+(?=[\p{Lu}\d*`"])/u;
/** `Who: what`, `0-10 minutes: who`, on a line of its own. */
const KEYED = /^[^:]{1,60}:\s/;
/** Longer paragraphs are no prose about people and times. */
const LONGEST = 5000;

/** Everything a section says, block by block; items of nested lists count for themselves. */
export function sentencesOf(section: Section): Sentence[] {
  return section.blocks.flatMap(sentencesOfBlock);
}

/** The sentences of a section's paragraphs only. */
export function proseOf(section: Section): Sentence[] {
  return section.blocks.flatMap((block) => (block.type === 'paragraph' ? ofParagraph(block) : []));
}

function sentencesOfBlock(block: Block): Sentence[] {
  if (block.type === 'paragraph') return ofParagraph(block);
  if (block.type === 'table') return ofTable(block);
  return nestedItems([block]).map((item) => ({ text: itemText(item), source: rangeOfLine(itemLine(item)) }));
}

function ofTable(table: TableBlock): Sentence[] {
  return rowsOf(table).flatMap((row) => {
    const [first] = row;
    const text = row.map((cell) => plainText(cell.text)).join(', ');
    return first === undefined ? [] : [{ text, source: rangeOfLine(first) }];
  });
}

/** Lines that are all `key: value` stand for themselves; other lines are joined and cut at the ends of sentences. */
function ofParagraph({ lines }: ParagraphBlock): Sentence[] {
  const length = lines.reduce((sum, line) => sum + line.text.length, 0);
  if (length > LONGEST) return [];
  if (lines.every((line) => KEYED.test(line.text)))
    return lines.map((line) => ({ text: plainText(line.text), source: rangeOfLine(line) }));
  const joined = lines.map((line) => line.text).join('\n');
  let from = 0;
  return joined.split(END_OF_SENTENCE).map((part) => {
    const at = joined.indexOf(part, from);
    from = at + part.length;
    return { text: plainText(part.replaceAll('\n', ' ')), source: rangeBetween(lines, at, from) };
  });
}

function rangeBetween(lines: TextLine[], from: number, to: number): SourceRange {
  const start = placeOf(lines, from);
  const end = placeOf(lines, to);
  return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

function placeOf(lines: TextLine[], offset: number): { line: number; column: number } {
  let rest = offset;
  for (const line of lines) {
    if (rest <= line.text.length) return { line: line.line, column: line.column + rest };
    rest -= line.text.length + 1;
  }
  return { line: lines.at(-1)?.line ?? 1, column: 1 };
}
