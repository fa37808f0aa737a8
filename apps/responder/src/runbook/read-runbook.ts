import { readFile } from 'node:fs/promises';
import { compileDocument } from './compile-document.ts';
import type { RunbookDocument } from './runbook-version.ts';

/** The file as it is now: compiled, or why it cannot be read. */
export type FileContent = { readonly document: RunbookDocument } | { readonly unreadable: string };

export async function readRunbook(file: string): Promise<FileContent> {
  try {
    const bytes = await readFile(file);
    return { document: compileDocument(new TextDecoder('utf-8', { fatal: true }).decode(bytes), file) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    const reason = code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'not UTF-8 text' : code;
    return { unreadable: `${file}: cannot be read (${reason}); expected a Markdown runbook` };
  }
}
