import { parseDocument } from 'yaml';
import type { Annotation } from '../document/document.ts';

/** Front matter at the top of a document: its pairs below `tocsin:`, where it ends, and what is malformed. */
export interface FrontMatter {
  /** Number of source lines taken, 0 when there is none. */
  lineCount: number;
  pairs: Annotation;
  /** Headings that the document adds to those that are understood, by topic. */
  headings: Map<string, string[]>;
  wrong?: { line: number; message: string };
}

const LONGEST_TEXT = 10_000;
const OURS = /^["']?tocsin["']?\s*:/m;
const ANY_KEY = /^\s*["']?[\p{L}\w-]+["']?\s*:/u;

/** Reads YAML front matter; nested keys are joined by dots (`placeholders.node-name`). Never throws. */
export function readFrontMatter(lines: string[]): FrontMatter {
  const none = { lineCount: 0, pairs: {}, headings: new Map<string, string[]>() };
  if ((lines[0] ?? '').trimEnd() !== '---') return none;
  const end = lines.slice(0, 501).findIndex((line, index) => index > 0 && /^(?:---|\.\.\.)\s*$/.test(line));
  if (end < 0) return none;
  const text = lines.slice(1, end).join('\n');
  // A line above and below the title of a text is no front matter.
  if (text.trim() !== '' && !ANY_KEY.test(lines.slice(1, end).find((line) => /^[^#\s]/.test(line)) ?? ''))
    return none;
  const taken = { ...none, lineCount: end + 1 };
  // The front matter of another tool is that tool's business.
  if (!OURS.test(text)) return taken;
  if (text.length > LONGEST_TEXT)
    return {
      ...taken,
      wrong: wrongAt(0, `found ${text.length} characters, expected at most ${LONGEST_TEXT}`),
    };
  return { ...taken, ...contentOf(text) };
}

function contentOf(text: string): Omit<FrontMatter, 'lineCount'> {
  const none = { pairs: {}, headings: new Map<string, string[]>() };
  try {
    const yaml = parseDocument(text);
    const error = yaml.errors[0];
    if (error !== undefined) {
      const found = (error.message.split('\n')[0] ?? '').replace(/ at line.*$/, '');
      return { ...none, wrong: wrongAt(error.linePos?.[0].line ?? 1, `found ${found}, expected YAML`) };
    }
    const root: unknown = yaml.toJS({ maxAliasCount: 20 });
    const own = isRecord(root) ? root.tocsin : undefined;
    if (isRecord(own)) return ownContent(own, lineOf(text, OURS));
    if (own === null || own === undefined) return none;
    return { ...none, wrong: wrongAt(lineOf(text, OURS), `tocsin is ${show(own)}, expected keys below it`) };
  } catch (error) {
    return { ...none, wrong: wrongAt(1, `found ${String(error).slice(0, 100)}, expected YAML`) };
  }
}

function ownContent(own: Record<string, unknown>, line: number): Omit<FrontMatter, 'lineCount'> {
  const pairs: Annotation = Object.create(null);
  const { headings: given, ...rest } = own;
  flatten(rest, '', pairs);
  const headings = new Map<string, string[]>();
  if (given === undefined || given === null) return { pairs, headings };
  if (!isRecord(given))
    return {
      pairs,
      headings,
      wrong: wrongAt(line, `headings is ${show(given)}, expected topics with lists of headings`),
    };
  for (const [topic, names] of Object.entries(given))
    headings.set(topic, (Array.isArray(names) ? names : [names]).map(String));
  return { pairs, headings };
}

/** `line` counts from 1 within the YAML text, which begins on the second line of the document. */
function wrongAt(line: number, message: string): { line: number; message: string } {
  return { line: line + 1, message };
}

function lineOf(text: string, pattern: RegExp): number {
  return text.slice(0, pattern.exec(text)?.index ?? 0).split('\n').length;
}

function show(value: unknown): string {
  return String(JSON.stringify(value)).slice(0, 60);
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
