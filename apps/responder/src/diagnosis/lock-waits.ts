import type { CaseFile } from './case-file.ts';

/** One query may wait for a moment at any time; pods that migrate at their start wait for each other. */
const minWaits = 2;
/** The newest check may be this much older than the first failing request. */
const blurMs = 5000;

/**
 * How many queries waited for a lock when the server last answered a check, as far as that was during the present harm; 0 when few or
 * none did. A server whose clients pile up behind a lock may soon answer nobody: what it said before that still holds.
 */
export function lockWaits({ facts, harmForMs }: CaseFile, subject: string): number {
  const [newest] = facts.checks
    .filter((one) => one.subject === subject && one.outcome === 'ok')
    .filter((one) => one.at > facts.at - harmForMs - blurMs && one.values['lockWaits'] !== undefined)
    .map((one) => one.values['lockWaits'] ?? 0)
    .filter((waits) => waits >= minWaits);
  return newest ?? 0;
}
