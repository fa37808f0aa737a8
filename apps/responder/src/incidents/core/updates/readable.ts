/** A text as its reader sees it, and where each character of that stands in the text itself. */
export interface Readable {
  readonly text: string;
  /** Offset in the original of each character, and its end behind the last. */
  readonly offsets: readonly number[];
}

/** Characters that nobody sees, and emphasis that Markdown takes away: a name does not hide behind them. */
const unseen = /\p{Default_Ignorable_Code_Point}|[*\\]/u;

/** Wide and narrow forms as one, what is not seen left out. */
export function readable(original: string): Readable {
  let text = '';
  const offsets: number[] = [];
  let at = 0;
  for (const character of original) {
    if (!unseen.test(character)) {
      const shown = character.normalize('NFKC');
      text += shown;
      for (let unit = 0; unit < shown.length; unit += 1) offsets.push(at);
    }
    at += character.length;
  }
  offsets.push(at);
  return { text, offsets };
}
