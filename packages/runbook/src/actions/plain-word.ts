import type { Word } from 'unbash';
import { holdsMeantPlaceholder } from './opaque-placeholders.ts';
import { typographicCharacter } from './hidden-character.ts';

const LITERAL = new Set(['Literal', 'Glob', 'SingleQuoted', 'AnsiCQuoted']);

/** Bash expands a tilde at the start of a word, and behind `=` and `:` where the word looks like an assignment. */
const TILDE = /^~|^[A-Za-z_]\w*\+?=(?:[^]*:)?~/;
const HISTORY = /^!(?:[!$^*?\w-]|$)|^\^[^^]*\^/;
/** `{{ node }}`: a placeholder of another tool, left open. A Go template begins with a dot or stands in quotes. */
const TEMPLATE = /\{\{|\}\}/;

/**
 * Why a word means something else to a shell than its text; null when it does not. Globs stay as written: argv is never
 * matched against files, which is what a shell does when none match.
 */
export function whyNotPlain(word: Word): string | null {
  if (TILDE.test(word.text)) return `it expands ${word.text}`;
  if (HISTORY.test(word.text)) return `a shell at a terminal takes ${word.text} for its history`;
  const parts = word.parts ?? [];
  for (const part of parts) {
    const pieces = part.type === 'DoubleQuoted' ? part.parts : [part];
    const expansion = pieces.find((piece) => !LITERAL.has(piece.type));
    if (expansion !== undefined) return `it expands ${expansion.text}`;
  }
  const unquoted = parts.length === 0 ? word.text : parts.map(bareText).join('');
  if (holdsMeantPlaceholder(word.text, unquoted))
    return `${word.text} is no placeholder, which has lower-case letters, digits and dashes, as in <node-name>; a shell would read a redirect`;
  if (TEMPLATE.test(unquoted)) return `${word.text} is a placeholder of another tool: write <name>`;
  return typographicCharacter(unquoted);
}

function bareText(part: { type: string; text: string }): string {
  return part.type === 'Literal' || part.type === 'Glob' ? part.text : '';
}
