import { compileRunbook } from '@tocsin/runbook';
import type { Command } from 'commander';
import { readRunbookFile } from '../lint/read-runbook-file.ts';
import { formatPlan } from './format-plan.ts';

/** Adds `tocsin plan FILE` to the program. Exit 1 when the runbook has errors, 2 when it cannot be read. */
export function registerPlan(program: Command): void {
  program
    .command('plan')
    .description('the typed plan that a runbook compiles to')
    .argument('<file>', 'Markdown runbook')
    .option('--json', 'print the whole plan as JSON')
    .action((file: string, options: { json?: boolean }) => {
      process.exitCode = printPlan(file, options.json === true);
    });
}

function printPlan(file: string, asJson: boolean): number {
  const read = readRunbookFile(file);
  if ('unreadable' in read) {
    console.error(read.unreadable);
    return 2;
  }
  const plan = compileRunbook(read.text, { file });
  console.log(asJson ? JSON.stringify(plan, null, 2) : formatPlan(plan, process.stdout.isTTY === true));
  return plan.problems.some((problem) => problem.level === 'error') ? 1 : 0;
}
