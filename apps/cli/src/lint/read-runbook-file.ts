import { readFileSync } from 'node:fs';
import { sidecarName } from '@tocsin/runbook';

/** What a runbook from standard input is called in problems. */
export const STDIN_NAME = '<stdin>';

/** The text of a runbook, a byte order mark included, and, where one lies beside it, of its sidecar. */
export interface RunbookText {
  text: string;
  sidecar?: string;
}

/**
 * The text of a runbook file (`-` is standard input, which has no sidecar) and of its sidecar, or why one of them cannot be read, in
 * words for a person.
 */
export function readRunbookFile(file: string): RunbookText | { unreadable: string } {
  const read = readText(file, 'a Markdown file');
  if ('unreadable' in read || file === '-') return read;
  const beside = readText(sidecarName(file), 'YAML');
  if (!('unreadable' in beside)) return { text: read.text, sidecar: beside.text };
  return beside.isMissing ? read : beside;
}

/** The compiler's option for a sidecar, absent where there is none. */
export function sidecarOf({ sidecar }: RunbookText): { sidecar?: string } {
  return sidecar === undefined ? {} : { sidecar };
}

function readText(
  file: string,
  expected: string,
): { text: string } | { unreadable: string; isMissing: boolean } {
  try {
    const bytes = readFileSync(file === '-' ? 0 : file);
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (error) {
    const name = file === '-' ? STDIN_NAME : file;
    return { unreadable: `${name}: ${reasonOf(error, expected)}`, isMissing: codeOf(error) === 'ENOENT' };
  }
}

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read',
};

function reasonOf(error: unknown, expected: string): string {
  const code = codeOf(error);
  if (code === 'EISDIR') return `it is a directory, expected ${expected}`;
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return `it is not UTF-8 text, expected ${expected}`;
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
