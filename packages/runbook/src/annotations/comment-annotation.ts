const OPENING = /^<!--\s*tocsin:/;

/** The JSON inside `<!-- tocsin: {...} -->`, or undefined for any other comment. */
export function commentAnnotation(html: string): string | undefined {
  const opening = OPENING.exec(html);
  if (opening === null) return undefined;
  const end = html.indexOf('-->');
  return html.slice(opening[0].length, end < 0 ? undefined : end).trim();
}
