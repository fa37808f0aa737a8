import { readFile } from 'node:fs/promises';
import { sidecarName } from '@tocsin/runbook';
import { compileDocument } from './compile-document.ts';
import type { RunbookDocument } from './runbook-version.ts';

/** The file as it is now, compiled with the sidecar beside it, or why one of them cannot be read. */
export type FileContent = { readonly document: RunbookDocument } | { readonly unreadable: string };

export async function readRunbook(file: string): Promise<FileContent> {
  const read = await readText(file);
  if ('unreadable' in read) return { unreadable: `${read.unreadable}; expected a Markdown runbook` };
  const beside = await readText(sidecarName(file));
  if (!('unreadable' in beside))
    return { document: compileDocument({ file, markdown: read.text, sidecar: beside.text }) };
  if (!beside.isMissing) return { unreadable: `${beside.unreadable}; expected the runbook's sidecar` };
  return { document: compileDocument({ file, markdown: read.text }) };
}

type Text = { readonly text: string } | { readonly unreadable: string; readonly isMissing: boolean };

async function readText(file: string): Promise<Text> {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file)) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    const reason = code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'not UTF-8 text' : code;
    return { unreadable: `${file}: cannot be read (${reason})`, isMissing: code === 'ENOENT' };
  }
}
