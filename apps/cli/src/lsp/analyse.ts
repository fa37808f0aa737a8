import { fileURLToPath } from 'node:url';
import type { compileRunbook, Plan } from '@tocsin/runbook';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isRunbook } from './is-runbook.ts';

/** Compiles the text of a document. */
export type Compile = typeof compileRunbook;

/** The plan of an open document at its version; null when it is no runbook and shall be left alone. */
export function analyse(document: TextDocument, compile: Compile): Plan | null {
  if (!isMarkdown(document)) return null;
  const text = document.getText();
  const plan = compile(text, { file: fileOf(document.uri) });
  return isRunbook(text, plan) ? plan : null;
}

function isMarkdown({ languageId, uri }: TextDocument): boolean {
  return languageId.startsWith('markdown') || /\.(?:md|markdown)$/i.test(uri);
}

/** The path of a document on disk, or its address where it has none. */
function fileOf(uri: string): string {
  try {
    return fileURLToPath(uri);
  } catch {
    return uri;
  }
}
