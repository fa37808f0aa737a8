import type { Word } from 'unbash';
import { whyNotBare } from './bare-text.ts';
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
  return whyShellReadsIt(word) ?? whyExpanded(word) ?? whyNotMeant(word);
}

interface Piece {
  readonly type: string;
  readonly text: string;
}

function whyShellReadsIt({ text }: Word): string | null {
  if (TILDE.test(text)) return `it expands ${text}`;
  if (HISTORY.test(text)) return `a shell at a terminal takes ${text} for its history`;
  // Shells and our grammar differ in what such a `$` means.
  return text.includes('$') && text.includes('\\\n') ? 'it breaks a word with a $ over two lines' : null;
}

function whyExpanded({ parts = [] }: Word): string | null {
  const pieces = parts.flatMap((part): readonly Piece[] =>
    part.type === 'DoubleQuoted' ? part.parts : [part],
  );
  const expansion = pieces.find((piece) => !LITERAL.has(piece.type));
  return expansion === undefined ? null : `it expands ${expansion.text}`;
}

function whyNotMeant({ text, parts = [] }: Word): string | null {
  const unquoted = parts.length === 0 ? text : parts.map(bareText).join('');
  if (holdsMeantPlaceholder(text, unquoted))
    return `${text} is no placeholder, which has lower-case letters, digits and dashes, as in <node-name>; a shell would read a redirect`;
  if (TEMPLATE.test(unquoted)) return `${text} is a placeholder of another tool: write <name>`;
  return whyNotBare(text) ?? typographicCharacter(unquoted);
}

function bareText(part: Piece): string {
  return part.type === 'Literal' || part.type === 'Glob' ? part.text : '';
}
