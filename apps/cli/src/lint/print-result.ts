import { colors } from '../colors.ts';
import { formatProblems, summaryOf } from './format-problems.ts';
import type { LintedFile } from './lint-files.ts';
import { printable } from './printable.ts';
import { sarifLog } from './sarif.ts';
import type { WrittenFixes } from './write-fixes.ts';

export type ResultForm = 'text' | 'json' | 'sarif';

/** The form of the result, and what only SARIF says: where the pages are and who made it. */
export interface ResultOptions {
  form: ResultForm;
  folders: string[];
  version: string;
}

/** Without a terminal nobody knows how wide the reader's window is. */
const USUAL_WIDTH = 120;

/** Prints what lint found. Where a diff or a fixed text takes standard output, everything else goes to standard error. */
export function printResult(files: LintedFile[], written: WrittenFixes | null, options: ResultOptions): void {
  const problems = files.flatMap((file) => file.problems);
  switch (options.form) {
    case 'json': {
      const fixed = files.flatMap((file) => file.fixed);
      console.log(JSON.stringify(written === null ? { problems } : { problems, fixed }, null, 2));
      return;
    }
    case 'sarif':
      console.log(JSON.stringify(sarifLog(problems, { ...options, cwd: process.cwd() }), null, 2));
      return;
    case 'text':
      printForPeople(files, written);
      return;
    default:
      options.form satisfies never;
  }
}

function printForPeople(files: LintedFile[], written: WrittenFixes | null): void {
  const say = written?.takesOutput === true ? console.error : console.log;
  const summary = summaryOf(files.flatMap((file) => file.problems));
  if (written === null) {
    for (const block of files.flatMap(blocksOf)) say(block);
    say(summary);
    return;
  }
  for (const chunk of written.out) process.stdout.write(chunk);
  for (const note of written.notes) say(printable(note));
  if (!written.isDryRun) for (const block of files.flatMap(blocksOf)) say(block);
  const fixed = files.reduce((sum, file) => sum + file.fixed.length, 0);
  say(`${fixed} ${written.isDryRun ? 'would be fixed' : 'fixed'}; left: ${summary}`);
}

function blocksOf(file: LintedFile): string[] {
  const width = process.stdout.columns ?? USUAL_WIDTH;
  return formatProblems(file.problems, file.text, {
    file: file.name,
    useColor: colors.isColorSupported,
    width,
  });
}
