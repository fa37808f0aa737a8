import MarkdownIt, { type Token } from 'markdown-it';
import type { Block, FenceBlock, ListBlock, ListItem, TableBlock, TextLine } from './document.ts';
import { rangeOfLines } from './source-range.ts';

interface Cursor {
  tokens: Token[];
  at: number;
  lines: string[];
}

/** Blocks only: inline marks stay in the text, so that every character keeps its place. */
const markdown = new MarkdownIt({ html: true }).disable(['inline', 'text_join', 'reference'], true);

/** Reads the Markdown block structure of `lines`; block quotes are transparent. */
export function readBlocks(lines: string[]): Block[] {
  const tokens = markdown.parse(lines.join('\n'), {});
  return blocksUntil({ tokens, at: 0, lines }, '');
}

function blocksUntil(cursor: Cursor, closing: string): Block[] {
  const blocks: Block[] = [];
  while (cursor.at < cursor.tokens.length) {
    const token = cursor.tokens[cursor.at];
    cursor.at += 1;
    if (token === undefined || token.type === closing) break;
    const block = blockOf(cursor, token);
    if (block !== undefined) blocks.push(block);
  }
  return blocks;
}

function blockOf(cursor: Cursor, token: Token): Block | undefined {
  switch (token.type) {
    case 'heading_open':
      return headingOf(cursor, token);
    case 'paragraph_open':
      return paragraphOf(cursor, token);
    case 'bullet_list_open':
    case 'ordered_list_open':
      return listOf(cursor, token);
    case 'fence':
      return fenceOf(cursor, token);
    case 'table_open':
      return tableOf(cursor, token);
    case 'html_block':
      return { type: 'html', text: token.content.trim(), source: rangeOf(cursor, token) };
    default:
      return undefined;
  }
}

function rangeOf(cursor: Cursor, token: Token) {
  const [from, to] = token.map ?? [0, 1];
  return rangeOfLines(cursor.lines, from, to);
}

function headingOf(cursor: Cursor, token: Token): Block {
  const text = cursor.tokens[cursor.at]?.content ?? '';
  cursor.at += 2;
  const depth = Number(token.tag.slice(1));
  // Inside a list item a heading cannot open a section: it is text.
  const source = rangeOf(cursor, token);
  return { type: 'heading', depth, text, source };
}

function paragraphOf(cursor: Cursor, token: Token): Block {
  const content = cursor.tokens[cursor.at]?.content ?? '';
  cursor.at += 2;
  const from = token.map?.[0] ?? 0;
  const lines = content.split('\n').map((text, index) => placeAtEnd(cursor.lines, from + index, text));
  return { type: 'paragraph', lines, source: rangeOf(cursor, token) };
}

/** Prose runs to the end of its source line, so its column follows from the lengths. */
function placeAtEnd(lines: string[], index: number, raw: string): TextLine {
  const text = raw.trim();
  const whole = (lines[index] ?? '').trimEnd();
  const column = whole.endsWith(text) ? whole.length - text.length + 1 : 1;
  return { text, line: index + 1, column };
}

function listOf(cursor: Cursor, token: Token): ListBlock {
  const ordered = token.type === 'ordered_list_open';
  const closing = ordered ? 'ordered_list_close' : 'bullet_list_close';
  const items: ListItem[] = [];
  while (cursor.at < cursor.tokens.length) {
    const next = cursor.tokens[cursor.at];
    cursor.at += 1;
    if (next === undefined || next.type === closing) break;
    if (next.type === 'list_item_open') {
      const source = rangeOf(cursor, next);
      items.push({ blocks: blocksUntil(cursor, 'list_item_close'), source });
    }
  }
  return { type: 'list', ordered, items, source: rangeOf(cursor, token) };
}

function fenceOf(cursor: Cursor, token: Token): FenceBlock {
  const from = (token.map?.[0] ?? 0) + 1;
  const code = token.content.replace(/\n$/, '');
  const starts = code.split('\n').map((text, index) => ({
    line: from + index + 1,
    column: columnOfCode(cursor.lines[from + index] ?? '', text),
  }));
  const source = rangeOf(cursor, token);
  const infoEnd = (cursor.lines[from - 1] ?? '').trimEnd().length + 1;
  return { type: 'fence', language: token.info.trim(), code, starts, source, infoEnd };
}

/** A tab that the list has eaten in part comes back as blanks, so the line's end is compared, not its beginning. */
function columnOfCode(whole: string, text: string): number {
  if (whole.endsWith(text)) return whole.length - text.length + 1;
  const written = text.trimStart();
  return whole.endsWith(written) ? whole.length - text.length + 1 : 1;
}

function tableOf(cursor: Cursor, token: Token): TableBlock {
  let end = cursor.at;
  while (end < cursor.tokens.length && cursor.tokens[end]?.type !== 'table_close') end += 1;
  const inside = cursor.tokens.slice(cursor.at, end);
  cursor.at = end + 1;
  const rows: TextLine[][] = [];
  let line = rangeOf(cursor, token).line;
  for (const next of inside) {
    if (next.type === 'tr_open') {
      rows.push([]);
      line = rangeOf(cursor, next).line;
    }
    if (next.type === 'inline') rows.at(-1)?.push({ text: next.content, line, column: 1 });
  }
  for (const row of rows) placeCells(row, cursor.lines);
  return { type: 'table', rows, source: rangeOf(cursor, token) };
}

/** Cells stand in their line one after the other, so each is looked for behind the one before. */
function placeCells(row: TextLine[], lines: string[]): void {
  let from = 0;
  for (const cell of row) {
    const at = Math.max((lines[cell.line - 1] ?? '').indexOf(cell.text, from), 0);
    cell.column = at + 1;
    from = Math.max(from, at + cell.text.length);
  }
}
