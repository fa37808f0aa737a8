import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { compileRunbook, sidecarName, type Plan } from '@tocsin/runbook';
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

/**
 * Reads and compiles the runbook, with the bindings in the `NAME.bind.yaml` beside it. Throws ConfigError, with every error's place, when
 * it cannot be used.
 */
export function readRunbook(file: string): RunbookDocument {
  const markdown = readText(file);
  if (markdown === null)
    throw new ConfigError(`${file}: cannot be read (ENOENT); expected a Markdown runbook`);
  const sidecar = readText(sidecarName(file));
  const plan = compileRunbook(markdown, { file, ...(sidecar === null ? {} : { sidecar }) });
  const errors = plan.problems.filter((problem) => problem.level === 'error');
  if (errors.length > 0)
    throw new ConfigError(
      errors.map((one) => `${one.file}:${one.line}:${one.column}: ${one.code}: ${one.message}`).join('\n'),
    );
  return { plan, file, markdown };
}

/** The text of a file; null when there is none. */
function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'error';
    if (code === 'ENOENT') return null;
    throw new ConfigError(`${file}: cannot be read (${code}); expected a runbook or its bindings`, { cause });
  }
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
  const files = [file, sidecarName(file)];
  // Both files may change at once: one look after the other, so that a version is heard of once.
  let looking = Promise.resolve();
  const lookNext = (): void => {
    looking = looking.then(look);
  };
  for (const one of files) watchFile(one, { interval: lookEveryMs }, lookNext);
  // A file that changes before its watch has seen it would go unnoticed until it changes again.
  const once = setTimeout(lookNext, lookEveryMs);
  return {
    current: () => current,
    close: () => {
      clearTimeout(once);
      for (const one of files) unwatchFile(one);
    },
  };
}
