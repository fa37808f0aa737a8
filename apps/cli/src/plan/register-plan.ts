import { compileRunbook, diffPlans, sidecarSkeleton } from '@tocsin/runbook';
import { printedPlan } from '@tocsin/runbook/schema';
import type { Command } from 'commander';
import { sidecarOf } from '../lint/read-runbook-file.ts';
import { formatDiff, type Compared } from './format-diff.ts';
import { formatPlan } from './format-plan.ts';
import { readInput } from './read-input.ts';

interface PlanOptions {
  readonly diff?: boolean;
  readonly exitCode?: boolean;
  readonly json?: boolean;
  readonly sidecar?: boolean;
}

/**
 * Adds `tocsin plan FILE` and `tocsin plan --diff OLD NEW` to the program. Exit 1 when a runbook has errors, and with
 * `--exit-code` when the behaviour changes; 2 when a file cannot be read.
 */
export function registerPlan(program: Command): void {
  program
    .command('plan')
    .description('the typed plan that a runbook compiles to')
    .argument('<file...>', 'Markdown runbook, "-" for the standard input; two with --diff')
    .option('--diff', 'say what changes in behaviour from the first runbook to the second')
    .option('--exit-code', 'with --diff: exit 1 when the behaviour changes')
    .option('--json', 'print the whole plan, or all changes, as JSON')
    .option(
      '--sidecar',
      'print a NAME.bind.yaml to begin with: the id and hash of everything that can be bound',
    )
    .action((files: string[], options: PlanOptions) => {
      process.exitCode = run(files, options);
    });
}

function run(files: string[], options: PlanOptions): number {
  const wanted = options.diff === true ? 2 : 1;
  if (files.length !== wanted)
    throw new Error(
      options.diff === true
        ? `plan --diff: found ${files.length} files, expected the old and the new runbook`
        : `plan: found ${files.length} files, expected one (or --diff OLD NEW)`,
    );
  if (files.every((file) => file === '-') && wanted === 2)
    throw new Error('plan --diff: the standard input can be one of the two runbooks, not both');
  const inputs = files.map((file) => readInput(file));
  const unreadable = inputs.flatMap((input) => ('unreadable' in input ? [input.unreadable] : []));
  for (const message of unreadable) console.error(message);
  if (unreadable.length > 0) return 2;
  const [first, second] = inputs.flatMap((input) => {
    if ('unreadable' in input) return [];
    return [
      { file: input.file, plan: compileRunbook(input.text, { file: input.file, ...sidecarOf(input) }) },
    ];
  });
  if (first === undefined) return 2;
  return second === undefined
    ? printPlan(first, options)
    : printDiff({ old: first, next: second, changes: diffPlans(first.plan, second.plan) }, options);
}

const errorsOf = ({ plan }: Compared['old']): string[] =>
  plan.problems
    .filter((problem) => problem.level === 'error')
    .map(({ file, line, column, code, message }) => `${file}:${line}:${column}: ${code}: ${message}`);

function printPlan(one: Compared['old'], options: PlanOptions): number {
  if (options.sidecar === true) console.log(sidecarSkeleton(one.plan).trimEnd());
  else
    console.log(
      options.json === true
        ? JSON.stringify(printedPlan(one.plan), null, 2)
        : formatPlan(one.plan, process.stdout.isTTY === true),
    );
  return errorsOf(one).length > 0 ? 1 : 0;
}

function printDiff(compared: Compared, options: PlanOptions): number {
  const { old, next, changes } = compared;
  const errors = [...new Set([...errorsOf(old), ...errorsOf(next)])];
  if (options.json === true) console.log(JSON.stringify(diffJson(compared), null, 2));
  else console.log(formatDiff(compared, process.stdout.isTTY === true));
  for (const error of errors) console.error(error);
  if (errors.length > 0) return 1;
  return options.exitCode === true && changes.length > 0 ? 1 : 0;
}

function diffJson({ old, next, changes }: Compared): object {
  return { old: sideJson(old), next: sideJson(next), changes };
}

function sideJson(one: Compared['old']): object {
  return { file: one.file, hash: one.plan.hash, errors: errorsOf(one).length };
}
