import { readFileSync } from 'node:fs';
import { readRunbookFile } from '../lint/read-runbook-file.ts';

/** The text of a runbook with the name that its problems carry, or why it cannot be read. */
export type Input = { file: string; text: string } | { unreadable: string };

/** Reads a file, or the standard input for `-`. */
export function readInput(file: string): Input {
  if (file !== '-') {
    const read = readRunbookFile(file);
    return 'unreadable' in read ? read : { file, text: read.text };
  }
  try {
    return { file: '<stdin>', text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(0)) };
  } catch (error) {
    return { unreadable: `<stdin>: ${error instanceof Error ? error.message : String(error)}` };
  }
}
