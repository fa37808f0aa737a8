import type { Problem } from '@tocsin/runbook';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { explain } from './explain.ts';
import { lintFiles } from './lint-files.ts';
import { PAGE_FOLDERS } from './lint-pages.ts';
import { printResult, type ResultForm } from './print-result.ts';
import { writeFixes } from './write-fixes.ts';

/** 0: clean, or only warnings and info. 1: errors, or too many warnings. 2: wrong usage, or a file that cannot be read or written. */
type ExitCode = 0 | 1 | 2;

interface Options {
  json?: boolean;
  sarif?: boolean;
  fix?: boolean;
  dryRun?: boolean;
  explain?: string;
  maxWarnings?: number;
}

interface Surroundings {
  folders: string[];
  version: string;
}

const HELP = `
Exit codes:
  0  no errors, and no more warnings than allowed
  1  errors, or more warnings than --max-warnings
  2  wrong usage, or a file that cannot be read or written

Safe fixes change no prose and nothing that a command does to the world. With --fix the runbook from
standard input (-) goes to standard output, and what was fixed to standard error.`;

/** Adds `tocsin lint FILE...` to the program; `folders` are where the pages of the codes are looked for. */
export function registerLint(program: Command, folders: string[] = PAGE_FOLDERS): void {
  program
    .command('lint')
    .description('check a runbook: file:line:column, level, code, message, suggested change')
    .argument('[file...]', 'Markdown runbooks, - for standard input')
    .option('--json', 'print {"problems": [...]}')
    .addOption(new Option('--sarif', 'print a SARIF 2.1.0 log').conflicts('json'))
    .option('--fix', 'apply the safe fixes')
    .option('--dry-run', 'with --fix: print a unified diff and write nothing')
    .option('--max-warnings <n>', 'exit 1 when there are more warnings', countOf)
    .option('--explain <code>', 'why a code exists, with a bad and a good example')
    .addHelpText('after', HELP)
    .action((files: string[], options: Options) => {
      process.exitCode = run(files, options, { folders, version: program.version() ?? '0.0.0' });
    });
}

function countOf(text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new InvalidArgumentError(`found "${text}", expected a number such as 0.`);
  return Number(text);
}

function run(files: string[], options: Options, surroundings: Surroundings): ExitCode {
  const wrong = wrongUsage(files, options);
  if (wrong !== null) return fail([wrong]);
  if (options.explain !== undefined) return printPage(options.explain, surroundings.folders);
  const linted = lintFiles(files, { fix: options.fix === true });
  const written = options.fix === true ? writeFixes(linted.files, options.dryRun === true) : null;
  const form = formOf(options);
  if (linted.files.length > 0 || form !== 'text')
    printResult(linted.files, written, { form, ...surroundings });
  const failed = [...linted.unreadable, ...(written?.failed ?? [])];
  if (failed.length > 0) return fail(failed);
  const problems = linted.files.flatMap((file) => file.problems);
  return verdict(problems, options.maxWarnings);
}

function formOf(options: Options): ResultForm {
  if (options.json === true) return 'json';
  return options.sarif === true ? 'sarif' : 'text';
}

function verdict(problems: Problem[], maxWarnings = Infinity): ExitCode {
  const count = (level: Problem['level']): number =>
    problems.filter((problem) => problem.level === level).length;
  const warnings = count('warning');
  if (warnings > maxWarnings) console.error(`${warnings} warnings, expected at most ${maxWarnings}`);
  return count('error') > 0 || warnings > maxWarnings ? 1 : 0;
}

function wrongUsage(files: string[], options: Options): string | null {
  if (options.explain !== undefined) return files.length === 0 ? null : '--explain takes a code and no files';
  if (files.length === 0)
    return 'no file given, expected the name of a Markdown runbook, or - for standard input';
  return wrongMix(files, options);
}

/** Standard output holds one thing at a time. */
function wrongMix(files: string[], { json, sarif, fix, dryRun }: Options): string | null {
  if (dryRun === true && fix !== true) return '--dry-run goes with --fix';
  const isForMachines = json === true || sarif === true;
  const takesOutput = fix === true && (dryRun === true || files.includes('-'));
  return takesOutput && isForMachines
    ? '--json and --sarif do not go with a diff or a runbook on standard output'
    : null;
}

function fail(messages: string[]): ExitCode {
  for (const message of messages) console.error(message);
  return 2;
}

function printPage(code: string, folders: string[]): ExitCode {
  const answer = explain(code, folders);
  if ('wrong' in answer) return fail([answer.wrong]);
  console.log(answer.page);
  return 0;
}
