import { jsonOfComment } from '../annotations/comment-annotation.ts';
import { fenceInfo } from '../annotations/fence-info.ts';
import type { SourceRange } from '../plan.ts';
import { infoOfFence } from './fence-attribute.ts';
import type { LintContext } from './rule.ts';

/** A key of an annotation as it is written. */
export interface RawKey {
  key: string;
  /** The key without its quotes. */
  source: SourceRange;
}

/** An annotation as it stands in the text. */
export interface RawAnnotation {
  where: 'comment' | 'fence';
  json: string;
  source: SourceRange;
  keys: RawKey[];
}

const known = new WeakMap<LintContext, RawAnnotation[]>();

/** Every annotation that stands on one line, in comments outside fences and in info strings, in the order of the text. */
export function rawAnnotations(context: LintContext): RawAnnotation[] {
  const annotations = known.get(context) ?? readAnnotations(context);
  known.set(context, annotations);
  return annotations;
}

function readAnnotations(context: LintContext): RawAnnotation[] {
  const { document, fences } = context;
  const coded = new Set(fences.flatMap((fence) => fence.starts.map(({ line }) => line)));
  const comments = document.lines.flatMap((text, index) =>
    coded.has(index + 1) ? [] : commentsOf(text, index + 1),
  );
  const infos = fences.flatMap((fence) => {
    const info = infoOfFence(document, fence);
    const { json } = fenceInfo(info.text.trim());
    return json === undefined
      ? []
      : [annotation('fence', json, fence.source.line, info.column + info.text.indexOf('{'))];
  });
  return [...comments, ...infos].toSorted((a, b) => a.source.line - b.source.line);
}

function commentsOf(text: string, line: number): RawAnnotation[] {
  const found: RawAnnotation[] = [];
  for (let at = text.indexOf('<!--'); at >= 0; at = text.indexOf('<!--', at + 4)) {
    const end = text.indexOf('-->', at);
    const json = end < 0 ? undefined : jsonOfComment(text.slice(at, end + 3));
    if (json !== undefined && json !== '')
      found.push(annotation('comment', json, line, text.indexOf(json, at) + 1));
    if (end < 0) break;
  }
  return found;
}

function annotation(
  where: RawAnnotation['where'],
  json: string,
  line: number,
  column: number,
): RawAnnotation {
  const keys = Array.from(json.matchAll(/"([^"\\]{1,80})"\s*:/g), (match) => {
    const from = column + match.index + 1;
    const key = match[1] ?? '';
    return { key, source: { line, column: from, endLine: line, endColumn: from + key.length } };
  });
  return { where, json, keys, source: { line, column, endLine: line, endColumn: column + json.length } };
}
