import { readRunbookFile, STDIN_NAME, type RunbookText } from '../lint/read-runbook-file.ts';

/** The text of a runbook and its sidecar with the name that its problems carry, or why it cannot be read. */
export type Input = (RunbookText & { file: string }) | { unreadable: string };

/** Reads a file, or the standard input for `-`. */
export function readInput(file: string): Input {
  const read = readRunbookFile(file);
  return 'unreadable' in read ? read : { file: file === '-' ? STDIN_NAME : file, ...read };
}
