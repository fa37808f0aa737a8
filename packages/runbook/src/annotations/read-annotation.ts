import type { Annotation } from '../document/document.ts';

/** Either the pairs, or what is wrong with the text they were read from. */
export type AnnotationResult = { pairs: Annotation } | { wrong: string };

/** Reads flat JSON with string values; numbers and booleans are taken as their text. */
export function readAnnotation(json: string): AnnotationResult {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { wrong: `found ${excerpt(json)}, expected a JSON object such as {"key":"value"}` };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { wrong: `found ${excerpt(json)}, expected a JSON object such as {"key":"value"}` };
  }
  const pairs: Annotation = Object.create(null);
  for (const [key, entry] of Object.entries(value)) {
    if (!['string', 'number', 'boolean'].includes(typeof entry)) {
      return { wrong: `"${key}" is ${excerpt(JSON.stringify(entry))}, expected a string` };
    }
    pairs[key.replace(/^tocsin-/, '')] = String(entry);
  }
  return { pairs };
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
