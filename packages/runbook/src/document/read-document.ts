import { readFrontMatter } from '../annotations/front-matter.ts';
import type { Problem, SourceRange } from '../plan.ts';
import { attachAnnotations } from './attach-annotations.ts';
import type { Block, RunbookDocument, Section } from './document.ts';
import { plainText } from './plain-text.ts';
import { readBlocks } from './read-blocks.ts';
import { rangeOfLines } from './source-range.ts';

/** Reads a Markdown text into sections with exact places. Any text is a document. */
export function readDocument(markdown: string, file: string): RunbookDocument {
  const lines = markdown.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const front = readFrontMatter(lines);
  const body = lines.map((line, index) => (index < front.lineCount ? '' : line));
  const blocks = readBlocks(body);
  const problems: Problem[] = [];
  const report = (source: SourceRange, message: string): void => {
    problems.push({ code: 'RB003', level: 'error', message, file, ...source });
  };
  if (front.wrong !== undefined) {
    report(
      rangeOfLines(lines, front.wrong.line - 1, front.wrong.line),
      `front matter: ${front.wrong.message}`,
    );
  }
  const allowances = attachAnnotations(blocks, report);
  return { file, lines, sections: sectionsOf(blocks), frontMatter: front.pairs, allowances, problems };
}

function sectionsOf(blocks: Block[]): Section[] {
  const source = { line: 1, column: 1, endLine: 1, endColumn: 1 };
  let current: Section = { title: '', depth: 0, index: 0, source, blocks: [], parents: [] };
  const sections = [current];
  const open: Section[] = [];
  for (const block of blocks) {
    if (block.type !== 'heading') {
      current.blocks.push(block);
      continue;
    }
    while ((open.at(-1)?.depth ?? 0) >= block.depth) open.pop();
    current = {
      title: plainText(block.text),
      depth: block.depth,
      index: sections.length,
      source: block.source,
      blocks: [],
      parents: [...open],
      ...(block.annotation === undefined ? {} : { annotation: block.annotation }),
    };
    open.push(current);
    sections.push(current);
  }
  return sections;
}
