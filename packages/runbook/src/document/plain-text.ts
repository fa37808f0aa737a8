const ENTITIES: Record<string, string> = {
  '&gt;': '>',
  '&lt;': '<',
  '&amp;': '&',
  '&quot;': '"',
  '&nbsp;': ' ',
};

/** Longer lines are data, not prose; the cap keeps the patterns below linear on hostile input. */
const LONGEST_PROSE = 2000;

const MARKS = /[*_`&[<]/;

/** Text without Markdown's inline marks: emphasis, code ticks, links, comments, entities. */
export function plainText(markdown: string): string {
  if (!MARKS.test(markdown)) return markdown.slice(0, LONGEST_PROSE).trim();
  return markdown
    .slice(0, LONGEST_PROSE)
    .replace(/<!--.*?-->/g, '')
    .replace(/!?\[([^\][]*)\]\([^()\s]*\)/g, '$1')
    .replace(/\*\*|__|`/g, '')
    .replace(/(^|\W)[*_](?=\S)|(?<=\S)[*_](?=\W|$)/g, '$1')
    .replace(/&(?:gt|lt|amp|quot|nbsp);/g, (entity) => ENTITIES[entity] ?? entity)
    .trim();
}

/** A `**Key**: value` or `Key: value` line as its two parts; the key is empty when there is none. */
export function keyAndValue(text: string): { key: string; value: string } {
  const line = text.slice(0, LONGEST_PROSE);
  const marked = /^\s*(?:\*\*|__)([^*_]{1,80}?):?(?:\*\*|__)\s*:?\s*(.*)$/.exec(line);
  const bare = marked ?? /^\s*([\p{L}][\p{L}\p{N} /()-]{0,60}?)\s*:(?:\s+(.*))?$/u.exec(line);
  if (bare === null) return { key: '', value: plainText(text) };
  return { key: plainText(bare[1] ?? ''), value: plainText(bare[2] ?? '') };
}

/** Lower-case words joined by hyphens: stable, readable ids. Letters of every script are kept. */
export function slug(text: string): string {
  return plainText(text)
    .toLowerCase()
    .normalize('NFC')
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
}
