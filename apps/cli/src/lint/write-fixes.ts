import { unifiedDiff } from './unified-diff.ts';
import { writeAtomically } from './write-atomically.ts';
import type { LintedFile } from './lint-files.ts';

/** What became of fixes. */
export interface WrittenFixes {
  /** Text for standard output, as it is. */
  out: string[];
  /** One line for each fix. */
  notes: string[];
  /** Files that could not be written, and why. */
  failed: string[];
  isDryRun: boolean;
  /** Standard output is taken by a diff or a runbook. */
  takesOutput: boolean;
}

/** Writes fixed texts back, standard input to standard output; with `dryRun` only says how they would differ. */
export function writeFixes(files: LintedFile[], dryRun: boolean): WrittenFixes {
  const result: WrittenFixes = {
    out: [],
    notes: [],
    failed: [],
    isDryRun: dryRun,
    takesOutput: dryRun || files.some(({ path }) => path === '-'),
  };
  for (const file of files) {
    if (dryRun) result.out.push(unifiedDiff(file.path === '-' ? 'stdin' : file.name, file.before, file.text));
    else write(file, result);
  }
  return result;
}

function write(file: LintedFile, result: WrittenFixes): void {
  try {
    if (file.path === '-') result.out.push(file.text);
    else if (file.text !== file.before) writeAtomically(file.path, file.text);
    result.notes.push(...notesOf(file));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    result.failed.push(`${file.name}: cannot be written: ${reason}`);
  }
}

function notesOf({ name, fixed }: LintedFile): string[] {
  return fixed.map(({ line, code, message }) => `${name}:${line}: fixed ${code}: ${message}`);
}
