/** Markdown as a reader of plain text sees it: without the marks of emphasis, headings and code, links with their address behind. */
export function plainMarkdown(text: string): string {
  return text
    .replaceAll(/^#{1,6}\s+/gm, '')
    .replaceAll(/\*\*([^*\n]+)\*\*/g, '$1')
    .replaceAll(/`([^`\n]+)`/g, '$1')
    .replaceAll(/\[([^\]\n]+)\]\(([^)\s]+)\)/g, '$1 ($2)');
}
