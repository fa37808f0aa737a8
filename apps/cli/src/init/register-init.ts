import { join } from 'node:path';
import { lintRunbook } from '@tocsin/runbook';
import type { Command } from 'commander';
import { type Answers, completed, QUESTIONS, readOptions } from './answers.ts';
import { ask } from './ask.ts';
import { starterConfig } from './starter-config.ts';
import { starterRunbook } from './starter-runbook.ts';
import { refuseExisting, writeFiles } from './write-files.ts';

type InitOptions = Partial<Record<keyof Answers, string>> & {
  readonly out: string;
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
};

const RUNBOOK = 'outage.md';
const CONFIG = 'tocsin.yaml';
/** As a shell says that Ctrl-C ended a command. */
const STOPPED = 130;

/** Adds `tocsin init`: a runbook and a configuration to begin with, by asking or from options. */
export function registerInit(program: Command): void {
  const command = program
    .command('init')
    .description('write a runbook and a configuration to begin with, by asking or from options');
  for (const { option, message } of QUESTIONS) command.option(option, message);
  command
    .option('--out <dir>', `folder of ${RUNBOOK} and ${CONFIG}`, '.')
    .option('--yes', 'ask nothing: what no option says is as usual')
    .option('--force', 'overwrite files that are there')
    .option('--json', 'print {"files": [...], "problems": [...]}, and ask nothing')
    .action(init);
}

async function init(options: InitOptions): Promise<void> {
  const given = readOptions(options);
  if (options.force !== true) refuseExisting(options.out, [RUNBOOK, CONFIG]);
  const isAsked = process.stdin.isTTY && process.stdout.isTTY && !options.yes && !options.json;
  const answers = isAsked ? await ask(given) : given;
  if (answers === null) {
    console.error('init: stopped, nothing was written');
    process.exitCode = STOPPED;
    return;
  }
  report(options, write(options, completed(answers)));
}

function write({ out, force }: InitOptions, answers: Answers) {
  const runbook = starterRunbook(answers);
  const files = { [RUNBOOK]: runbook, [CONFIG]: starterConfig(answers, RUNBOOK) };
  return {
    files: writeFiles(out, files, force === true),
    problems: lintRunbook(runbook, { file: join(out, RUNBOOK) }),
  };
}

function report({ out, json }: InitOptions, result: ReturnType<typeof write>): void {
  if (json === true) {
    console.log(JSON.stringify(result, null, 2));
    return;
  }
  const [runbook = RUNBOOK] = result.files;
  console.log(
    [
      ...result.files.map((file) => `wrote ${file}`),
      '',
      'Next:',
      `  tocsin plan ${runbook}      what it will do`,
      `  tocsin up --config ${join(out, CONFIG)}      once people and the cluster are filled in`,
    ].join('\n'),
  );
}
