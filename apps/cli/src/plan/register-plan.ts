import { compileRunbook, sidecarSkeleton } from '@tocsin/runbook';
import type { Command } from 'commander';
import { readRunbookFile, sidecarOf } from '../lint/read-runbook-file.ts';
import { formatPlan } from './format-plan.ts';

/** Adds `tocsin plan FILE` to the program. Exit 1 when the runbook has errors, 2 when it cannot be read. */
export function registerPlan(program: Command): void {
  program
    .command('plan')
    .description('the typed plan that a runbook compiles to')
    .argument('<file>', 'Markdown runbook')
    .option('--json', 'print the whole plan as JSON')
    .option(
      '--sidecar',
      'print a NAME.bind.yaml to begin with: the id and hash of everything that can be bound',
    )
    .action((file: string, options: PlanOptions) => {
      process.exitCode = printPlan(file, options);
    });
}

interface PlanOptions {
  json?: boolean;
  sidecar?: boolean;
}

function printPlan(file: string, options: PlanOptions): number {
  const read = readRunbookFile(file);
  if ('unreadable' in read) {
    console.error(read.unreadable);
    return 2;
  }
  const plan = compileRunbook(read.text, { file, ...sidecarOf(read) });
  if (options.sidecar === true) console.log(sidecarSkeleton(plan).trimEnd());
  else
    console.log(
      options.json === true ? JSON.stringify(plan, null, 2) : formatPlan(plan, process.stdout.isTTY === true),
    );
  return plan.problems.some((problem) => problem.level === 'error') ? 1 : 0;
}
