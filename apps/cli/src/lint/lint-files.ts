import { fixRunbook, lintRunbook, type Problem } from '@tocsin/runbook';
import { readRunbookFile, STDIN_NAME } from './read-runbook-file.ts';

/** One runbook after lint. */
export interface LintedFile {
  /** The name as problems carry it. */
  name: string;
  /** `-` for standard input. */
  path: string;
  before: string;
  /** The text that `problems` speak of: with fixes when they were asked for, else as it was read. */
  text: string;
  problems: Problem[];
  fixed: Problem[];
}

/** All files that can be read, and why the others cannot. */
export interface LintedFiles {
  files: LintedFile[];
  unreadable: string[];
}

/** Reads and checks runbooks; with `fix` their texts are the fixed ones. Nothing is written. */
export function lintFiles(paths: string[], { fix }: { fix: boolean }): LintedFiles {
  const result: LintedFiles = { files: [], unreadable: [] };
  for (const path of new Set(paths)) {
    const read = readRunbookFile(path);
    if ('unreadable' in read) result.unreadable.push(read.unreadable);
    else result.files.push(lintText(path, read.text, fix));
  }
  return result;
}

function lintText(path: string, before: string, fix: boolean): LintedFile {
  const name = path === '-' ? STDIN_NAME : path;
  if (!fix)
    return { name, path, before, text: before, problems: lintRunbook(before, { file: name }), fixed: [] };
  const { markdown, fixed, problems } = fixRunbook(before, { file: name });
  return { name, path, before, text: markdown, problems, fixed };
}
