import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sidecarName, type compileRunbook, type Plan } from '@tocsin/runbook';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isRunbook } from './is-runbook.ts';

/** Compiles the text of a document. */
export type Compile = typeof compileRunbook;

/** The text of the sidecar that lies beside a document on disk; undefined where there is none to read. */
export function sidecarTextOf({ uri }: TextDocument): string | undefined {
  try {
    return readFileSync(sidecarName(fileURLToPath(uri)), 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * The plan of an open document at its version with the problems of its own text; null when it is no runbook and shall be left alone.
 */
export function analyse(document: TextDocument, sidecar: string | undefined, compile: Compile): Plan | null {
  if (!isMarkdown(document)) return null;
  const text = document.getText();
  const file = fileOf(document.uri);
  const plan = compile(text, { file, ...(sidecar === undefined ? {} : { sidecar }) });
  if (!isRunbook(text, plan)) return null;
  return { ...plan, problems: plan.problems.filter((problem) => problem.file === file) };
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
