import { isWindow, looksLikeWindow } from '../grammar/window.ts';

/** A title taken apart: its words, and the text of its window where it has one. */
export interface TitleWindow {
  name: string;
  window: string | null;
}

const BRACKETS = /[([]([^()[\]]*)[)\]]/g;
const BEFORE = /^([^:()[\]]{1,60}?)\s*(?:[:|]|\s[–—-])\s+(.+)$/;

/** Takes the window out of a title: `Look (0-5 min)`, `Look, 0 to 5 min`, `0-5 min: Look`. */
export function titleWindow(title: string): TitleWindow {
  return inBrackets(title) ?? beforeOrBehind(title) ?? { name: title.trim(), window: null };
}

/** A bracket counts when it is a window, or seems meant as one though it cannot be read. */
function inBrackets(title: string): TitleWindow | null {
  if (!/[([]/.test(title)) return null;
  const all = Array.from(title.matchAll(BRACKETS));
  const found =
    all.find(([, inner = '']) => isWindow(inner)) ?? all.find(([, inner = '']) => seemsMeant(inner));
  if (found === undefined) return null;
  const name = title.replace(found[0], ' ').replace(/\s+/g, ' ');
  return { name: trimmed(name), window: found[1] ?? '' };
}

function seemsMeant(text: string): boolean {
  return looksLikeWindow(text) && (/\d/.test(text) || !/\s(?:before|after)\s/i.test(text));
}

function beforeOrBehind(title: string): TitleWindow | null {
  if (title.length > 300 || !/\d/.test(title)) return null;
  const behind = lastWindow(title);
  if (behind !== undefined) return behind;
  const before = BEFORE.exec(title);
  if (before === null || !isWindow(before[1] ?? '')) return null;
  return { name: trimmed(before[2] ?? ''), window: before[1] ?? '' };
}

/** Tries the separators from the left, so that the dash inside `0 – 5 min` does not cut the window. */
function lastWindow(title: string): TitleWindow | undefined {
  for (const { index, 0: separator } of title.matchAll(/\s*(?:[,:;|–—]|\s-)\s*/g)) {
    const window = title.slice(index + separator.length);
    if (index > 0 && isWindow(window)) return { name: trimmed(title.slice(0, index)), window };
  }
  return undefined;
}

function trimmed(name: string): string {
  return name.replace(/^[\s:.–—-]+|[\s,:;|–—-]+$/g, '');
}
