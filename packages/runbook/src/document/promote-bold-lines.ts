import type { Block, HeadingBlock, ParagraphBlock } from './document.ts';

/** A line that is bold from end to end: how many wikis write a heading. */
const BOLD = /^(?:\*\*|__)([^*_]+)(?:\*\*|__)\s*:?$/;
/** A line that opens a case: `If it's the token service:`. */
const CASE = /^if it(?:[’']s| is)\s+(?:an?|the)\s.{1,80}:$/i;
const DEEPEST = 6;

/** What a bold line would open as a heading; undefined leaves it a paragraph. */
export type Opening = 'section' | 'phase' | 'branch' | undefined;

/** Turns paragraphs that stand for headings into headings below the last real one, phases below sections, branches below phases. */
export function promoteBoldLines(blocks: Block[], openingOf: (title: string) => Opening): Block[] {
  const state = { real: 0, section: 0, phase: 0 };
  return blocks.map((block) => {
    if (block.type === 'heading') {
      state.real = block.depth;
      state.section = block.depth;
      state.phase = block.depth;
      return block;
    }
    return block.type === 'paragraph' ? (headingOf(block, state, openingOf) ?? block) : block;
  });
}

function headingOf(
  block: ParagraphBlock,
  state: { real: number; section: number; phase: number },
  openingOf: (title: string) => Opening,
): HeadingBlock | undefined {
  const line = block.lines[0];
  if (block.lines.length > 1 || line === undefined || line.text.length > 200) return undefined;
  const title = titleOf(line.text);
  const opening = title === null ? undefined : openingOf(title);
  if (title === null || opening === undefined) return undefined;
  const depth = depthOf(opening, state);
  const annotation = block.annotation === undefined ? {} : { annotation: block.annotation };
  return { type: 'heading', depth, text: title.replace(/:$/, ''), source: block.source, ...annotation };
}

function titleOf(text: string): string | null {
  return BOLD.exec(text)?.[1] ?? (CASE.test(text) ? text : null);
}

function depthOf(opening: Opening, state: { real: number; section: number; phase: number }): number {
  if (opening === 'section') {
    state.section = Math.min(state.real + 1, DEEPEST);
    state.phase = state.section;
    return state.section;
  }
  if (opening === 'phase') {
    state.phase = Math.min(state.section + 1, DEEPEST);
    return state.phase;
  }
  return Math.min(state.phase + 1, DEEPEST);
}
