import { parseDocument } from 'yaml';
import type { Annotation } from '../document/document.ts';

/** Front matter at the top of a document: its pairs below `tocsin:`, where it ends, and what is malformed. */
export interface FrontMatter {
  /** Number of source lines taken, 0 when there is none. */
  lineCount: number;
  pairs: Annotation;
  wrong?: { line: number; message: string };
}

const LONGEST_TEXT = 10_000;

/** Reads YAML front matter; nested keys are joined by dots (`placeholders.node-name`). */
export function readFrontMatter(lines: string[]): FrontMatter {
  const none = { lineCount: 0, pairs: {} };
  if ((lines[0] ?? '').trimEnd() !== '---') return none;
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
  if (end < 0 || end > 500) return none;
  const text = lines.slice(1, end).join('\n');
  if (text.length > LONGEST_TEXT) return { lineCount: end + 1, pairs: {}, wrong: tooLong(text.length) };
  const yaml = parseDocument(text);
  const error = yaml.errors[0];
  if (error !== undefined) {
    const line = (error.linePos?.[0].line ?? 1) + 1;
    const message = `found ${(error.message.split('\n')[0] ?? '').replace(/ at line.*$/, '')}, expected YAML`;
    return { lineCount: end + 1, pairs: {}, wrong: { line, message } };
  }
  return { lineCount: end + 1, pairs: pairsOf(yaml) };
}

function tooLong(length: number) {
  return { line: 1, message: `found ${length} characters, expected at most ${LONGEST_TEXT}` };
}

function pairsOf(yaml: ReturnType<typeof parseDocument>): Annotation {
  const pairs: Annotation = Object.create(null);
  let root: unknown;
  try {
    root = yaml.toJS({ maxAliasCount: 20 });
  } catch {
    return pairs;
  }
  if (isRecord(root) && isRecord(root.tocsin)) flatten(root.tocsin, '', pairs);
  return pairs;
}

function flatten(value: Record<string, unknown>, prefix: string, into: Annotation): void {
  for (const [key, entry] of Object.entries(value)) {
    if (isRecord(entry)) flatten(entry, `${prefix}${key}.`, into);
    else if (entry !== null) into[`${prefix}${key}`] = String(entry);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
