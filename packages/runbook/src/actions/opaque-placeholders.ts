import { PLACEHOLDER } from '../grammar/placeholder.ts';

const FIRST = '\uE000';
/** Begins what was meant as a placeholder: `<Node Name>`, `<NODE>`, `<node_name>`. A shell would read two redirects. */
const FIRST_OF_MEANT = '\uE002';
/** The same, when nothing else can be meant even inside quotes: `"<NODE>"`. */
const FIRST_OF_CAPITALS = '\uE003';
const CAPITALS = /^<[A-Z][A-Z0-9_-]+>$/;
const MEANT = /<([A-Za-z][\w .-]{0,60})>/g;
const FILLER = '\uE001';
const NUMBERS_FROM = 0xe100;
const MOST = 0xf800 - NUMBERS_FROM;
const TOKEN = /[\uE000\uE002\uE003]([\uE100-\uF7FF])\uE001*/g;
const PRIVATE = /[\uE000-\uF8FF]/;

/** Code whose placeholders are words without meaning to a shell, of unchanged length, and the way back. */
export interface OpaqueCode {
  code: string;
  restore: (text: string) => string;
}

/** Hides `<node-name>` from the shell grammar, to which it would be two redirects; null when that is impossible. */
export function opaquePlaceholders(code: string): OpaqueCode | null {
  if (PRIVATE.test(code)) return null;
  const found: string[] = [];
  const hide = (whole: string, first: string): string => {
    found.push(whole);
    const number = String.fromCharCode(NUMBERS_FROM + Math.min(found.length - 1, MOST - 1));
    return first + number + FILLER.repeat(whole.length - 2);
  };
  const hidden = unixLines(code)
    .replace(PLACEHOLDER, (whole) => hide(whole, FIRST))
    .replace(MEANT, (whole) => hide(whole, CAPITALS.test(whole) ? FIRST_OF_CAPITALS : FIRST_OF_MEANT));
  if (found.length > MOST) return null;
  const restore = (text: string): string =>
    text.replace(TOKEN, (token, number: string) => found[number.charCodeAt(0) - NUMBERS_FROM] ?? token);
  return { code: hidden, restore };
}

/** True for a word that holds what was meant as a placeholder and is none; `unquoted` is what stands outside quotes. */
export function holdsMeantPlaceholder(word: string, unquoted: string): boolean {
  return unquoted.includes(FIRST_OF_MEANT) || word.includes(FIRST_OF_CAPITALS);
}

/** Windows line ends as blank and line end, so that offsets stay true; a line goes on behind `\\` as before. */
function unixLines(code: string): string {
  return code.replaceAll('\\\r\n', '\\\n ').replaceAll('\r\n', ' \n');
}
