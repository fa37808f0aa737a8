/** Nothing to take off: most titles. */
const PLAIN = /^[a-z](?:.*[a-z)])?$/i;
const NUMBER = /^\d{1,5}(?:(?:\.\d{1,5})+[.)]?|[.)])\s+/;
const PICTURE = '(?:\\p{Extended_Pictographic}|\\p{Emoji_Modifier}|\\p{Regional_Indicator}|\\uFE0F|\\u200D)';
const LEADING = new RegExp(`^(?:${PICTURE}|:[a-z0-9_+-]{1,40}:|\\s)+`, 'u');
const TRAILING = new RegExp(`(?:${PICTURE}|\\s)+$`, 'u');

/** A title without what only decorates it: the numbers of an outline, pictures before and behind. */
export function bareTitle(title: string): string {
  if (PLAIN.test(title)) return title;
  const bare = title.replace(LEADING, '').replace(NUMBER, '').replace(LEADING, '').replace(TRAILING, '');
  return bare === '' ? title : bare;
}
