import { PLACEHOLDER } from '../grammar/placeholder.ts';

const FIRST = '\uE000';
const FILLER = '\uE001';
const NUMBERS_FROM = 0xe100;
const MOST = 0xf800 - NUMBERS_FROM;
const TOKEN = /\uE000([\uE100-\uF7FF])\uE001*/g;
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
  const hidden = code.replace(PLACEHOLDER, (whole) => {
    found.push(whole);
    const number = String.fromCharCode(NUMBERS_FROM + Math.min(found.length - 1, MOST - 1));
    return FIRST + number + FILLER.repeat(whole.length - 2);
  });
  if (found.length > MOST) return null;
  const restore = (text: string): string =>
    text.replace(TOKEN, (token, number: string) => found[number.charCodeAt(0) - NUMBERS_FROM] ?? token);
  return { code: hidden, restore };
}
