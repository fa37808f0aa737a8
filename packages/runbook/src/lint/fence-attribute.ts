import { fenceInfo } from '../annotations/fence-info.ts';
import { readAnnotation } from '../annotations/read-annotation.ts';
import type { FenceBlock, RunbookDocument } from '../document/document.ts';
import type { Fix } from '../plan.ts';

/** The info string of a fence and the column (from 1) where it begins. */
export interface PlacedInfo {
  text: string;
  column: number;
}

/** What stands behind the marks that open a fence. */
export function infoOfFence(document: RunbookDocument, fence: FenceBlock): PlacedInfo {
  const line = document.lines[fence.source.line - 1] ?? '';
  const marks = /`{3,}|~{3,}/.exec(line);
  const from = marks === null ? line.length : marks.index + marks[0].length;
  return { text: line.slice(from).trimEnd(), column: from + 1 };
}

/** Adds one attribute to a fence; undefined when its attributes cannot be read or say something there already. */
export function addAttribute(
  document: RunbookDocument,
  fence: FenceBlock | undefined,
  [key, value]: [string, string],
  safe: boolean,
): Fix | undefined {
  if (fence === undefined) return undefined;
  const info = infoOfFence(document, fence);
  const pair = `${JSON.stringify(key)}:${JSON.stringify(value)}`;
  const { json } = fenceInfo(info.text.trim());
  // Attributes of another form, such as `{.bash}`, have no room for ours.
  if (json === undefined && info.text.includes('{')) return undefined;
  if (json === undefined) return insertion(fence, info.column + info.text.length, ` {${pair}}`, safe);
  const read = readAnnotation(json);
  if ('wrong' in read || read.pairs[key] !== undefined) return undefined;
  const isEmpty = Object.keys(read.pairs).length === 0;
  return insertion(fence, info.column + info.text.length - 1, isEmpty ? pair : `,${pair}`, safe);
}

function insertion(fence: FenceBlock, column: number, text: string, safe: boolean): Fix {
  const { line } = fence.source;
  return { line, column, endLine: line, endColumn: column, text, safe };
}
