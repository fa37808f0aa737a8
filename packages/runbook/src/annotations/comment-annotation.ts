import type { Annotation } from '../document/document.ts';
import { readAnnotation } from './read-annotation.ts';

const OPENING = /^<!--\s*tocsin:/;

const KEYS = new Set([
  'kind',
  'metric',
  'window',
  'causes',
  'evidence',
  'allow',
  'because',
  'name',
  'effect',
  'approvals',
  'timeout',
  'check',
  'probe',
  'purpose',
  'undo-of',
  'no-match',
  'manual',
  'added',
  'ask',
]);

/** The pairs of `<!-- tocsin: {...} -->`, keys that do not exist, or what is wrong; undefined for any other comment. */
export function commentAnnotation(
  html: string,
): { pairs: Annotation; unknown: string[] } | { wrong: string } | undefined {
  const opening = OPENING.exec(html);
  if (opening === null) return undefined;
  const end = html.indexOf('-->');
  const result = readAnnotation(html.slice(opening[0].length, end < 0 ? undefined : end).trim());
  if ('wrong' in result) return result;
  const pairs: Annotation = {};
  const unknown: string[] = [];
  for (const [key, value] of Object.entries(result.pairs)) {
    const own = key.replace(/^tocsin-/, '');
    if (KEYS.has(own)) pairs[own] = value;
    else unknown.push(key);
  }
  return { pairs, unknown };
}
