import { existsSync } from 'node:fs';
import { compileRunbook } from '@tocsin/runbook';
import { readRunbookFile, sidecarOf } from '../lint/read-runbook-file.ts';
import type { StateDir } from './state.ts';

/**
 * Throws, with every error's place, when the runbook cannot be run: said before anything is started for it. Where a responder
 * has run before on this state folder it has a version to go on with, and the same is answered as a warning; null: all is well.
 */
export function checkRunbook(file: string, state: Pick<StateDir, 'tokensFile'>): string | null {
  const problem = problemOf(file);
  if (problem === null) return null;
  // Written by a responder that was ready, which it never is without a runbook.
  if (!existsSync(state.tokensFile)) throw new Error(problem);
  return `${problem}\n  The version that was in use stays: see "tocsin runbook show".`;
}

function problemOf(file: string): string | null {
  const read = readRunbookFile(file);
  if ('unreadable' in read) return `runbook ${read.unreadable}`;
  const { problems } = compileRunbook(read.text, { file, ...sidecarOf(read) });
  const errors = problems.filter((problem) => problem.level === 'error');
  if (errors.length === 0) return null;
  const lines = errors.map((one) => `  ${one.file}:${one.line}:${one.column}: ${one.code}: ${one.message}`);
  return `the runbook has errors, and is not taken into use:\n${lines.join('\n')}`;
}
