import type { Annotation } from '../document/document.ts';

/** Either the pairs, or what is wrong with the text they were read from. */
export type AnnotationResult = { pairs: Annotation } | { wrong: string };

/** No annotation needs more; the cap keeps hostile ones cheap. */
const LONGEST = 10_000;

/** Reads flat JSON with string values; numbers and booleans are taken as their text. Keys keep their names. */
export function readAnnotation(json: string): AnnotationResult {
  if (json.length > LONGEST) return { wrong: `found ${json.length} characters, expected at most ${LONGEST}` };
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
      return { wrong: `"${excerpt(key)}" is ${excerpt(JSON.stringify(entry))}, expected a string` };
    }
    pairs[key] = String(entry);
  }
  const twice = keyGivenTwice(json);
  return twice === undefined
    ? { pairs }
    : { wrong: `"${excerpt(twice)}" is given twice, expected each key once` };
}

/** In flat JSON only keys are followed by a colon. JSON.parse would keep the last of two in silence. */
function keyGivenTwice(json: string): string | undefined {
  const seen = new Set<string>();
  for (const [, text = '', colon] of json.matchAll(/("(?:[^"\\]|\\.)*")\s*(:?)/g)) {
    if (colon !== ':') continue;
    const key: string = JSON.parse(text);
    if (seen.has(key)) return key;
    seen.add(key);
  }
  return undefined;
}

function excerpt(text: string): string {
  const line = text.slice(0, 200).replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
