/** A text as its reader sees it, and where each character of that stands in the text itself. */
export interface Readable {
  readonly text: string;
  /** Offset in the original of each character, and its end behind the last. */
  readonly offsets: readonly number[];
}

/** Characters that nobody sees, and emphasis that Markdown takes away: a name does not hide behind them. */
const unseen = /\p{Default_Ignorable_Code_Point}|[*\\~]/u;
/** Characters as Markdown may write them. */
const entity =
  /^&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|hyphen|dash|colon|period|sol|lowbar|num));/;
const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  hyphen: '-',
  dash: '-',
  colon: ':',
  period: '.',
  sol: '/',
  lowbar: '_',
  num: '#',
};
/** What looks like a hyphen. */
const hyphens = /\p{Dash_Punctuation}|\u2212/gu;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Wide and narrow forms as one, what is not seen left out. */
export function readable(original: string): Readable {
  let text = '';
  const offsets: number[] = [];
  for (const { said, at } of charactersOf(original)) {
    const seen = [...said].filter((one) => !unseen.test(one)).join('');
    const shown = seen.normalize('NFKC').replaceAll(hyphens, '-');
    text += shown;
    for (let unit = 0; unit < shown.length; unit += 1) offsets.push(at);
  }
  offsets.push(original.length);
  return { text, offsets };
}

/** What a reader takes for one character, with where it begins. A base and its accents are one; so is what Markdown writes as an entity. */
function* charactersOf(original: string): Generator<{ readonly said: string; readonly at: number }> {
  let next = 0;
  for (const { segment, index } of graphemes.segment(original)) {
    if (index < next) continue;
    const found = segment === '&' ? entity.exec(original.slice(index, index + 12)) : null;
    yield { said: found === null ? segment : meantBy(found), at: index };
    next = index + (found?.[0].length ?? segment.length);
  }
}

function meantBy([all, decimal, hex, name]: RegExpExecArray): string {
  if (name !== undefined) return named[name] ?? all;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : all;
}
