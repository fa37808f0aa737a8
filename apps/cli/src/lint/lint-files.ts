import { compileRunbooks, fixRunbook, sidecarName, type Problem } from '@tocsin/runbook';
import { readRunbookFile, sidecarOf, STDIN_NAME } from './read-runbook-file.ts';

/** One runbook after lint. */
export interface LintedFile {
  /** The name as problems carry it. */
  name: string;
  /** `-` for standard input. */
  path: string;
  before: string;
  /** The text that `problems` speak of: with fixes when they were asked for, else as it was read. */
  text: string;
  /** Those of the runbook, and of the sidecar beside it under its own name. */
  problems: Problem[];
  fixed: Problem[];
}

/** All files that can be read, and why the others cannot. */
export interface LintedFiles {
  files: LintedFile[];
  unreadable: string[];
}

interface FixedText {
  name: string;
  path: string;
  before: string;
  text: string;
  sidecar?: string;
  fixed: Problem[];
}

/** Reads and checks runbooks, each and between them; with `fix` their texts are the fixed ones. Nothing is written. */
export function lintFiles(paths: string[], { fix }: { fix: boolean }): LintedFiles {
  const texts: FixedText[] = [];
  const unreadable: string[] = [];
  for (const path of new Set(paths)) {
    const read = readRunbookFile(path);
    if ('unreadable' in read) unreadable.push(read.unreadable);
    else texts.push(textOf(path, read, fix));
  }
  const sources = texts.map(({ name, text, ...rest }) => ({
    file: name,
    markdown: text,
    ...sidecarOf({ text, ...rest }),
  }));
  const { problems } = compileRunbooks(sources);
  const files = texts.map(({ name, path, before, text, fixed }) => {
    const own = problems.filter(({ file }) => file === name || file === sidecarName(name));
    return { name, path, before, text, fixed, problems: own };
  });
  return { files, unreadable };
}

function textOf(path: string, read: { text: string; sidecar?: string }, fix: boolean): FixedText {
  const name = path === '-' ? STDIN_NAME : path;
  const plain = { name, path, before: read.text, text: read.text, ...sidecarOf(read), fixed: [] };
  if (!fix) return plain;
  const { markdown, fixed } = fixRunbook(read.text, { file: name, ...sidecarOf(read) });
  return { ...plain, text: markdown, fixed };
}
