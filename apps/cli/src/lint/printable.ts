const CONTROL = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Text of a document without what a terminal would obey: escape sequences, marks that turn the reading direction. */
export function printable(text: string): string {
  return text.replaceAll(CONTROL, (found) => (found === '\n' ? found : found === '\t' ? ' ' : '\uFFFD'));
}
