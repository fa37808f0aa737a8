import { readFileSync } from 'node:fs';
import { sidecarName } from '@tocsin/runbook';

/** The text of a runbook and, where one lies beside it, of its sidecar. */
export interface RunbookText {
  text: string;
  sidecar?: string;
}

/** The text of a runbook file and of its sidecar, or why one of them cannot be read, in words for a person. */
export function readRunbookFile(file: string): RunbookText | { unreadable: string } {
  const read = readText(file, 'a Markdown file');
  if ('unreadable' in read) return read;
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
    const bytes = readFileSync(file);
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    return { unreadable: `${file}: ${reasonOf(error, expected)}`, isMissing: codeOf(error) === 'ENOENT' };
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
