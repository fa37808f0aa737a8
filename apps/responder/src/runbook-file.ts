import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { compileRunbook, type Plan } from '@tocsin/runbook';
import type { Logger } from '#platform';
import { ConfigError } from './config.ts';

/** A compiled runbook with its text. */
export interface RunbookDocument {
  readonly plan: Plan;
  readonly file: string;
  readonly markdown: string;
}

/** The runbook in force. An edited file is taken into use for the next incident; one with errors is refused and the old one kept. */
export interface RunbookFile {
  current(): RunbookDocument;
  close(): void;
}

const lookEveryMs = 1000;

/** Reads and compiles the runbook. Throws ConfigError, with every error's place, when it cannot be used. */
export function readRunbook(file: string): RunbookDocument {
  let markdown: string;
  try {
    markdown = readFileSync(file, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'error';
    throw new ConfigError(`${file}: cannot be read (${code}); expected a Markdown runbook`, { cause });
  }
  const plan = compileRunbook(markdown, { file });
  const errors = plan.problems.filter((problem) => problem.level === 'error');
  if (errors.length > 0)
    throw new ConfigError(
      errors.map((one) => `${one.file}:${one.line}:${one.column}: ${one.code}: ${one.message}`).join('\n'),
    );
  return { plan, file, markdown };
}

/** Reads the runbook and looks at its file from then on. `onChange` hears of every new version before `current` gives it. */
export function openRunbook(
  file: string,
  options: { readonly log: Logger; readonly onChange: (document: RunbookDocument) => Promise<void> },
): RunbookFile {
  let current = readRunbook(file);
  const look = async (): Promise<void> => {
    try {
      const next = readRunbook(file);
      if (next.plan.hash === current.plan.hash) return;
      await options.onChange(next);
      current = next;
      options.log.info({ file, hash: next.plan.hash }, 'runbook: a new version is in use');
    } catch (error) {
      options.log.error(
        { file, err: error },
        'runbook: the edited version was refused; the old one stays in use',
      );
    }
  };
  watchFile(file, { interval: lookEveryMs }, () => void look());
  return { current: () => current, close: () => unwatchFile(file) };
}
