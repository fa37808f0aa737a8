/** Characters that a reader does not see, or takes for others: blanks a shell does not split at, controls, joiners, turned text. */
const HIDDEN = /(?![\t\n ])[\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}]/u;

const NAMES: Readonly<Record<string, string>> = {
  '\u00A0': 'a no-break space',
  '\u00AD': 'a soft hyphen',
  '\u200B': 'a zero-width space',
  '\u202E': 'a mark that turns the text round',
  '\uFEFF': 'a byte order mark',
  '\r': 'a carriage return',
};

/** Quotes and dashes that word processors put in the place of those a shell knows. */
const TYPOGRAPHIC =
  /[\u2010-\u2015\u2018-\u201F\u2032\u2033\u2039\u203A\u00AB\u00BB\u2212\uFE58\uFE63\uFF0D\uFF02\uFF07]/;

/** Names the first character of a statement that would deceive a reader, or null. */
export function hiddenCharacter(text: string): string | null {
  const found = HIDDEN.exec(text)?.[0];
  return found === undefined
    ? null
    : `it holds ${NAMES[found] ?? 'a character that is not seen'} (${codePoint(found)})`;
}

/** Names the first typographic quote or dash of an unquoted text, or null. */
export function typographicCharacter(text: string): string | null {
  const found = TYPOGRAPHIC.exec(text)?.[0];
  return found === undefined
    ? null
    : `it holds ${found} (${codePoint(found)}), which no shell reads as a quote or a dash`;
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
