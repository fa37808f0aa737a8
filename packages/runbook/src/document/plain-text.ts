import MarkdownIt from 'markdown-it';

/** Longer lines are data, not prose; the cap keeps the patterns below linear on hostile input. */
const LONGEST_PROSE = 2000;

const MARKS = /[*_`&[<~\\{]/;
const CODE = /(`+[^`]*`+)/;
const COMMENT = /<!--.*?-->/g;
const IMAGE_OR_LINK = /!?\[([^\][]*)\](?:\((?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"]*")?\)|\[[^\][]*\])/g;
const AUTOLINK = /<((?:https?|mailto):[^\s<>]*)>/gi;
/** Tags that only dress a text; `<node-name>` and the like are left alone. */
const DRESSING =
  /<\/?(?:b|i|u|em|strong|code|kbd|span|small|sub|sup|font|p|a|abbr|mark|summary)(?:\s[^<>]*)?>/gi;
const LINE_BREAK = /<br\s*\/?>/gi;
const ANCHOR = /\s*\{#[^{}\s]*\}\s*$/;

const { unescapeAll } = new MarkdownIt().utils;

/** Text without Markdown's inline marks: emphasis, code ticks, links, comments, escapes, entities. */
export function plainText(markdown: string): string {
  const text = markdown.slice(0, LONGEST_PROSE);
  if (!MARKS.test(text)) return text.trim();
  const linked = text.replace(COMMENT, '').replace(IMAGE_OR_LINK, '$1').replace(ANCHOR, '');
  const parts = linked.split(CODE);
  return parts
    .map((part, index) => (index % 2 === 1 ? part.replace(/^`+|`+$/g, '') : plainProse(part)))
    .join('')
    .trim();
}

/** Escaped characters are no marks, so the marks go first; what is escaped is taken for itself last. */
function plainProse(text: string): string {
  return unescapeAll(
    text
      .replace(LINE_BREAK, ' ')
      .replace(AUTOLINK, '$1')
      .replace(DRESSING, '')
      .replace(/(?<!\\)(?:\*\*|__|~~)/g, '')
      .replace(/(^|[^\w\\])[*_](?=\S)|(?<=[^\s\\])[*_](?=\W|$)/g, '$1'),
  ).replaceAll('\u00A0', ' ');
}

/** A `**Key**: value`, `**Key** - value` or `Key: value` line as its two parts; the key is empty when there is none. */
export function keyAndValue(text: string): { key: string; value: string } {
  const line = text.slice(0, LONGEST_PROSE);
  const marked = /^\s*(?:\*\*|__)([^*_]{1,80}?):?(?:\*\*|__)\s*(?:[:–—-]+(?=\s|$))?\s*(.*)$/.exec(line);
  const bare =
    marked ?? /^\s*([\p{L}`][\p{L}\p{N} /()`.&+-]{0,60}?)\s*(?::(?:\s+(.*))?|\s[–—]\s+(.*))$/u.exec(line);
  if (bare === null) return { key: '', value: plainText(text) };
  return { key: plainText(bare[1] ?? ''), value: plainText(bare[2] ?? bare[3] ?? '') };
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
