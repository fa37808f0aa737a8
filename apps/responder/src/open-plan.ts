import { existsSync, readFileSync } from 'node:fs';
import { compileRunbook, type Plan, sidecarName } from '@tocsin/runbook';
import { RecordingError } from '#recordings';

/** Compiles a runbook with the sidecar beside it. Throws RecordingError with the place of its first error. */
export function openPlan(file: string): Plan {
  const markdown = read(file);
  const beside = sidecarName(file);
  const plan = compileRunbook(markdown, {
    file,
    ...(existsSync(beside) ? { sidecar: read(beside) } : {}),
  });
  const mistake = plan.problems.find((one) => one.level === 'error');
  if (mistake !== undefined)
    throw new RecordingError(
      `${mistake.file}:${mistake.line}:${mistake.column}: ${mistake.code}: ${mistake.message}; expected a runbook without errors`,
    );
  return plan;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'error';
    throw new RecordingError(`${file}: cannot be read (${code}); expected a Markdown runbook`, { cause });
  }
}
