import { commentAnnotation } from '../annotations/comment-annotation.ts';
import { fenceInfo } from '../annotations/fence-info.ts';
import { readAnnotation } from '../annotations/read-annotation.ts';
import type { SourceRange } from '../plan.ts';
import type { Allowance, Annotation, Block, FenceBlock, ListItem } from './document.ts';
import { rangeOfPart } from './source-range.ts';

type Report = (source: SourceRange, message: string) => void;

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

function attachTo(blocks: Block[], state: Attaching): void {
  let pending: Annotation | undefined;
  for (const block of blocks) {
    if (block.type === 'html') {
      pending = annotationOfHtml(block.text, block.source, state) ?? pending;
      continue;
    }
    if (block.type === 'fence') attachFenceInfo(block, state);
    if (pending !== undefined) give(block, pending, state);
    pending = undefined;
    if (block.type === 'list') for (const item of block.items) attachToItem(item, state);
  }
}

function give(block: Block, pairs: Annotation, state: Attaching): void {
  const first = block.type === 'list' ? block.items[0] : undefined;
  const target = first ?? block;
  target.annotation = { ...pairs, ...target.annotation };
  allow(pairs, target.source, state);
}

function annotationOfHtml(text: string, source: SourceRange, state: Attaching): Annotation | undefined {
  const json = commentAnnotation(text);
  if (json === undefined) return undefined;
  const result = readAnnotation(json);
  if ('pairs' in result) return result.pairs;
  state.report(source, `annotation: ${result.wrong}`);
  return undefined;
}

function attachFenceInfo(fence: FenceBlock, state: Attaching): void {
  const { language, json } = fenceInfo(fence.language);
  fence.language = language;
  if (json === undefined) return;
  const result = readAnnotation(json);
  const opening = {
    ...fence.source,
    endLine: fence.source.line,
    endColumn: fence.source.column + json.length,
  };
  if ('pairs' in result) fence.annotation = { ...fence.annotation, ...result.pairs };
  else state.report(opening, `fence attributes: ${result.wrong}`);
}

/** An item carries its annotation in a comment at the end of its first lines. */
function attachToItem(item: ListItem, state: Attaching): void {
  const first = item.blocks[0];
  for (const line of first?.type === 'paragraph' ? first.lines : []) {
    const at = line.text.indexOf('<!--');
    const comment = at < 0 ? '' : line.text.slice(at);
    if (comment === '') continue;
    const pairs = annotationOfHtml(comment, rangeOfPart(line, comment), state);
    if (pairs === undefined) continue;
    item.annotation = { ...item.annotation, ...pairs };
    line.text = line.text.slice(0, at).trimEnd();
    allow(pairs, item.source, state);
  }
  attachTo(item.blocks, state);
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
