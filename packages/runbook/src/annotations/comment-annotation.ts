import type { Annotation } from '../document/document.ts';
import { KNOWN_KEYS } from './known-keys.ts';
import { readAnnotation, type AnnotationResult } from './read-annotation.ts';

const OPENING = /^<!--\s*tocsin:/;

/** The JSON inside `<!-- tocsin: {...} -->`, or undefined for any other comment. */
export function jsonOfComment(html: string): string | undefined {
  const opening = OPENING.exec(html);
  if (opening === null) return undefined;
  const end = html.indexOf('-->');
  return html.slice(opening[0].length, end < 0 ? undefined : end).trim();
}

/** The known pairs of `<!-- tocsin: {...} -->`, or what is wrong; undefined for any other comment. */
export function commentAnnotation(html: string): AnnotationResult | undefined {
  const json = jsonOfComment(html);
  if (json === undefined) return undefined;
  const result = readAnnotation(json);
  if ('wrong' in result) return result;
  const pairs: Annotation = {};
  for (const [key, value] of Object.entries(result.pairs)) {
    const own = key.replace(/^tocsin-/, '');
    if (KNOWN_KEYS.has(own)) pairs[own] = value;
  }
  return { pairs };
}
