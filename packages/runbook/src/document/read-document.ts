import { readFrontMatter, type FrontMatter } from '../annotations/front-matter.ts';
import { isTopic, topicFinder, type MoreAliases } from '../headings/topic-finder.ts';
import { openingOfLine } from '../headings/opening-of-line.ts';
import { HEADING_ALIASES } from '../headings/aliases.ts';
import type { Problem, ProblemLevel, SourceRange } from '../plan.ts';
import { attachAnnotations } from './attach-annotations.ts';
import type { Block, RunbookDocument, Section } from './document.ts';
import { plainText } from './plain-text.ts';
import { promoteBoldLines } from './promote-bold-lines.ts';
import { readBlocks } from './read-blocks.ts';
import { rangeOfLines } from './source-range.ts';

type Report = (source: SourceRange, message: string, level?: ProblemLevel) => void;

/**
 * Reads a Markdown text into sections with exact places. Any text is a document; U+0000 is read as U+FFFD, as CommonMark has it.
 * `more`: aliases of headings beside the published ones and those of the document's front matter.
 */
export function readDocument(markdown: string, file: string, more: MoreAliases = []): RunbookDocument {
  const lines = markdown
    .replace(/^\uFEFF/, '')
    .replaceAll('\u0000', '\uFFFD')
    .split(/\r\n|\r|\n/);
  const problems: Problem[] = [];
  const report: Report = (source, message, level = 'error') => {
    problems.push({ code: 'RB003', level, message, file, ...source });
  };
  const front = readFrontMatter(lines);
  reportFrontMatter(front, lines, report);
  const topicOf = topicFinder([...front.headings, ...more]);
  const body = lines.map((line, index) => (index < front.lineCount ? '' : line));
  const read = readBlocks(body);
  const allowances = attachAnnotations(read, report);
  const blocks = promoteBoldLines(read, (title) => openingOfLine(plainText(title), topicOf));
  return {
    file,
    lines,
    sections: sectionsOf(blocks),
    frontMatter: front.pairs,
    topicOf,
    allowances,
    problems,
  };
}

function reportFrontMatter(front: FrontMatter, lines: string[], report: Report): void {
  if (front.wrong !== undefined) {
    const place = rangeOfLines(lines, front.wrong.line - 1, front.wrong.line);
    report(place, `front matter: ${front.wrong.message}`);
  }
  for (const topic of front.headings.keys()) {
    if (isTopic(topic)) continue;
    const at = lines.findIndex((line) => line.includes(`${topic}:`));
    const known = Object.keys(HEADING_ALIASES).join(', ');
    report(
      rangeOfLines(lines, Math.max(at, 0), Math.max(at, 0) + 1),
      `front matter: headings has the topic "${topic.slice(0, 60)}", expected one of ${known}`,
    );
  }
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
