import { commentAnnotation } from '../annotations/comment-annotation.ts';
import { fenceInfo } from '../annotations/fence-info.ts';
import type { ProblemLevel, SourceRange } from '../plan.ts';
import type { Allowance, Annotation, Block, FenceBlock, ListItem } from './document.ts';
import { rangeOfPart } from './source-range.ts';

type Report = (source: SourceRange, message: string, level?: ProblemLevel) => void;

interface Attaching {
  report: Report;
  allowances: Allowance[];
}

/** Puts every annotation on the block or item it stands before, and returns the lint codes that are allowed. */
export function attachAnnotations(blocks: Block[], report: Report): Allowance[] {
  const state: Attaching = { report, allowances: [] };
  attachTo(blocks, state);
  return state.allowances;
}

/** Answers what stands behind the last block: inside an item it is the item's. */
function attachTo(blocks: Block[], state: Attaching): Annotation | undefined {
  let pending: Annotation | undefined;
  for (const block of blocks) {
    if (block.type === 'html') {
      const pairs = annotationOfHtml(block.text, block.source, state);
      if (pairs !== undefined) pending = { ...pending, ...pairs };
      continue;
    }
    if (block.type === 'fence') attachFenceInfo(block, state);
    if (pending !== undefined) give(block, pending, state);
    pending = undefined;
    if (block.type === 'list') for (const item of block.items) attachToItem(item, state);
  }
  return pending;
}

function give(block: Block, pairs: Annotation, state: Attaching): void {
  const first = block.type === 'list' ? block.items[0] : undefined;
  const target = first ?? block;
  target.annotation = { ...pairs, ...target.annotation };
  allow(pairs, target.source, state);
}

function annotationOfHtml(text: string, source: SourceRange, state: Attaching): Annotation | undefined {
  const result = commentAnnotation(text);
  if (result === undefined) return undefined;
  if ('wrong' in result) {
    state.report(source, `annotation: ${result.wrong}`);
    return undefined;
  }
  return result.pairs;
}

function attachFenceInfo(fence: FenceBlock, state: Attaching): void {
  const info = fenceInfo(fence.language);
  fence.language = info.language;
  if (info.length === 0) return;
  // The attributes end the opening line.
  const { line, column } = fence.source;
  const opening = { line, column, endLine: line, endColumn: fence.infoEnd };
  if (info.wrong !== undefined) state.report(opening, `fence attributes: ${info.wrong}`);
  if (Object.keys(info.pairs).length === 0) return;
  fence.annotation = { ...fence.annotation, ...info.pairs };
  allow(info.pairs, fence.source, state);
}

/** An item carries its annotation in a comment at the end of its first lines, or behind all that it holds. */
function attachToItem(item: ListItem, state: Attaching): void {
  const first = item.blocks[0];
  for (const line of first?.type === 'paragraph' ? first.lines : []) {
    const at = line.text.indexOf('<!--');
    const comment = at < 0 ? '' : line.text.slice(at);
    if (comment === '') continue;
    const pairs = annotationOfHtml(comment, rangeOfPart(line, comment), state);
    if (pairs === undefined) continue;
    line.text = line.text.slice(0, at).trimEnd();
    giveItem(item, pairs, state);
  }
  const behind = attachTo(item.blocks, state);
  if (behind !== undefined) giveItem(item, behind, state);
}

function giveItem(item: ListItem, pairs: Annotation, state: Attaching): void {
  item.annotation = { ...item.annotation, ...pairs };
  allow(pairs, item.source, state);
}

/** `allow` needs a `because`: an allowance without a reason is ignored and reported. */
function allow(pairs: Annotation, source: SourceRange, state: Attaching): void {
  if (pairs.allow === undefined) return;
  if ((pairs.because ?? '').trim() === '') {
    state.report(source, `annotation: "allow" is "${pairs.allow}" without "because", expected a reason`);
    return;
  }
  const codes = pairs.allow.split(/[\s,]+/).filter((code) => code !== '');
  state.allowances.push({ codes, fromLine: source.line, toLine: source.endLine });
}
