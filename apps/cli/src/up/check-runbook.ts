import { compileRunbook } from '@tocsin/runbook';
import { readRunbookFile, sidecarOf } from '../lint/read-runbook-file.ts';

/** Throws, with every error's place, when the runbook cannot be run: said before anything is started for it. */
export function checkRunbook(file: string): void {
  const read = readRunbookFile(file);
  if ('unreadable' in read) throw new Error(`runbook ${read.unreadable}`);
  const errors = compileRunbook(read.text, { file, ...sidecarOf(read) }).problems.filter(
    (problem) => problem.level === 'error',
  );
  if (errors.length === 0) return;
  const lines = errors.map((one) => `  ${one.file}:${one.line}:${one.column}: ${one.code}: ${one.message}`);
  throw new Error(`the runbook has errors, and is not taken into use:\n${lines.join('\n')}`);
}
