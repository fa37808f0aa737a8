import { compileRunbooks, type RunbookSource } from '@tocsin/runbook';
import type { Command } from 'commander';
import { formatProblems } from './format-problems.ts';
import { readRunbookFile, sidecarOf } from './read-runbook-file.ts';

/** Exit codes of `tocsin lint`: 0 without errors, 1 with errors, 2 when a file cannot be read. */
type ExitCode = 0 | 1 | 2;

/** Adds `tocsin lint FILE...` to the program. */
export function registerLint(program: Command): void {
  program
    .command('lint')
    .description('check a runbook: file:line:column, code, message, suggested change; exit 1 on errors')
    .argument('<file...>', 'Markdown runbooks')
    .option('--json', 'print {"problems": [...]}')
    .action((files: string[], options: { json?: boolean }) => {
      process.exitCode = lintFiles(files, options.json === true);
    });
}

function lintFiles(files: string[], asJson: boolean): ExitCode {
  const sources: RunbookSource[] = [];
  const unreadable: string[] = [];
  for (const file of files) {
    const read = readRunbookFile(file);
    if ('unreadable' in read) unreadable.push(read.unreadable);
    else sources.push({ file, markdown: read.text, ...sidecarOf(read) });
  }
  const { problems } = compileRunbooks(sources);
  for (const message of unreadable) console.error(message);
  if (asJson) console.log(JSON.stringify({ problems }, null, 2));
  else if (unreadable.length < files.length)
    console.log(formatProblems(problems, process.stdout.isTTY === true));
  if (unreadable.length > 0) return 2;
  return problems.some((problem) => problem.level === 'error') ? 1 : 0;
}
