import type { Annotation } from '../document/document.ts';
import { readAnnotation } from './read-annotation.ts';

/** Language and attributes of a fence, or what is wrong with attributes that are meant to be JSON. */
export interface FenceInfo {
  language: string;
  pairs: Annotation;
  wrong?: string;
  /** The attributes as written when they are JSON, well formed or not. */
  json?: string;
  /** Length of the attributes as written. */
  length: number;
}

const JSON_OBJECT = /^\{\s*(?:"|\}|$)/;
const PAIR = /([\w-]+)=(?:"([^"]*)"|'([^']*)'|([^\s,{}"']+))/g;

/**
 * Reads a fence's info string: `bash {"name":"drain-node"}`, Runme's older `bash { name=drain-node }`. Attributes of other tools
 * (`{1,3-5}`, `{linenos=table}`, `title="x"`) are left alone.
 */
export function fenceInfo(info: string): FenceInfo {
  const brace = info.indexOf('{');
  const words = (brace < 0 ? info : info.slice(0, brace)).trim();
  const text = brace < 0 ? '' : info.slice(brace).trim();
  const language = (words.split(/[\s,]+/)[0] || dottedClass(text)).toLowerCase();
  const base = { language, pairs: {}, length: text.length };
  if (text === '') return base;
  if (!JSON_OBJECT.test(text)) return { ...base, pairs: ownPairs(pairsOf(text)) };
  const result = readAnnotation(text);
  if ('wrong' in result) return { ...base, json: text, wrong: result.wrong };
  return { ...base, json: text, pairs: ownPairs(result.pairs) };
}

/** Pandoc writes the language as a class: `{.bash #id}`. */
function dottedClass(attributes: string): string {
  return /^\{\s*\.([\w-]+)/.exec(attributes)?.[1] ?? '';
}

function pairsOf(text: string): Annotation {
  const pairs: Annotation = Object.create(null);
  for (const [, key = '', double, single, bare] of text.slice(0, 2000).matchAll(PAIR))
    pairs[key] = double ?? single ?? bare ?? '';
  return pairs;
}

/** What Runme's attributes mean to a responder: a cell that waits for a person, or never ends, is a person's. */
const OF_RUNME: Record<string, Annotation> = {
  interactive: { manual: 'its fence is marked interactive' },
  background: { manual: 'its fence is marked to run in the background' },
  ignore: { manual: 'its fence is marked to be ignored' },
  excludeFromRunAll: { ask: 'true' },
};

const OF_FENCES = new Set([
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
  'allow',
  'because',
]);

/** Tocsin's own attributes without their prefix, and Runme's that matter here. */
function ownPairs(all: Annotation): Annotation {
  let pairs: Annotation = {};
  for (const [key, value] of Object.entries(all)) {
    const own = key.startsWith('tocsin-') ? key.slice('tocsin-'.length) : undefined;
    if (own !== undefined && OF_FENCES.has(own)) pairs[own] = value;
    else if (key === 'name') pairs.name = value;
    else if (value === 'true' && Object.hasOwn(OF_RUNME, key)) pairs = { ...OF_RUNME[key], ...pairs };
  }
  return pairs;
}
