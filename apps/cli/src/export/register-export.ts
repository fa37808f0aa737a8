import { compileRunbook, type Plan } from '@tocsin/runbook';
import {
  exportAlertmanager,
  exportPrometheus,
  METRIC_KEYS,
  noteText,
  type Exported,
  type ExportOptions,
} from '@tocsin/runbook/export';
import { type Command, InvalidArgumentError } from 'commander';
import { readRunbookFile } from '../lint/read-runbook-file.ts';

interface ExportFlags {
  readonly set?: Record<string, string>;
  readonly json?: boolean;
}

type Make = (plan: Plan, options: ExportOptions) => Exported<unknown> | { wrong: string };

/**
 * Adds `tocsin export prometheus FILE` and `tocsin export alertmanager FILE`: the file goes to the standard output, what it
 * does not carry to standard error. Exit 1 when the runbook has errors, 2 when it cannot be read or an option is wrong.
 */
export function registerExport(program: Command): void {
  const group = program.command('export').description('the runbook as configuration of another tool');
  group
    .command('prometheus')
    .description('alerting rules for Prometheus, from the detectors')
    .argument('<file>', 'Markdown runbook')
    .option(
      '--set <key=value>',
      `name of a metric or label, again for more; keys: ${METRIC_KEYS.join(', ')}`,
      collect,
    )
    .option('--json', 'print {"data": ..., "notes": [...]}')
    .action((file: string, flags: ExportFlags) => run(file, flags, exportPrometheus));
  group
    .command('alertmanager')
    .description('routes and receivers for Alertmanager, from severities, levels, roles and cadences')
    .argument('<file>', 'Markdown runbook')
    .option('--json', 'print {"data": ..., "notes": [...]}')
    .action((file: string, flags: ExportFlags) => run(file, flags, exportAlertmanager));
}

function collect(text: string, before: Record<string, string> = {}): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError(`found "${text}", expected KEY=VALUE`);
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

function run(file: string, flags: ExportFlags, make: Make): void {
  process.exitCode = exportFile(file, flags, make);
}

function exportFile(file: string, { set = {}, json }: ExportFlags, make: Make): number {
  const read = readRunbookFile(file);
  if ('unreadable' in read) {
    console.error(read.unreadable);
    return 2;
  }
  const plan = compileRunbook(read.text, { file });
  const errors = plan.problems.filter((problem) => problem.level === 'error');
  if (errors.length > 0) {
    for (const { line, column, code, message } of errors)
      console.error(`${file}:${line}:${column}: ${code}: ${message}`);
    return 1;
  }
  const result = make(plan, { file, set });
  if ('wrong' in result) throw new Error(`${file}: ${result.wrong}`);
  const { yaml, data, notes } = result;
  console.log(json === true ? JSON.stringify({ data, notes }, null, 2) : yaml.trimEnd());
  for (const note of notes) console.error(`not carried over: ${noteText(file, note)}`);
  return 0;
}
