import { readFileSync } from 'node:fs';

/** What a runbook from standard input is called in problems. */
export const STDIN_NAME = '<stdin>';

/**
 * The text of a runbook file (`-` is standard input) as it stands there, a byte order mark included, or why it cannot be read, in words
 * for a person.
 */
export function readRunbookFile(file: string): { text: string } | { unreadable: string } {
  try {
    const bytes = readFileSync(file === '-' ? 0 : file);
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (error) {
    return { unreadable: `${file === '-' ? STDIN_NAME : file}: ${reasonOf(error)}` };
  }
}

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read',
  EISDIR: 'it is a directory, expected a Markdown file',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'it is not UTF-8 text, expected a Markdown file';
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}
