/** Text of others as plain text inside Markdown: on one line, no markup, no HTML, no table break. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\\`*_{}[\]<>()#|~!&@]/g, String.raw`\$&`)
    .replaceAll(/^([-+=]|\d+[.)])/g, String.raw`\$1`)
    .replaceAll(/:\/\//g, String.raw`:\/\/`);
}

/** Text of others as inline code: longer fence than any run of backticks inside, safe in a table. */
export function inlineCode(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim().replaceAll('|', '¦');
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return line === '' ? '' : `${fence}${pad}${line}${pad}${fence}`;
}
