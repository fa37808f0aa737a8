import type { CaseFile } from './case-file.ts';

/** One query may wait for a moment at any time; pods that migrate at their start wait for each other. */
const minWaits = 2;
/** The newest check may be this much older than the first failing request. */
const blurMs = 5000;

/**
 * How many queries waited for a lock by the newest two checks that the server answered during the present harm, at most; 0 when few
 * or none did. A server whose clients pile up behind a lock soon answers nobody, and answers once more when they have given up: what it
 * said just before still holds.
 */
export function lockWaits({ facts, harmForMs }: CaseFile, subject: string): number {
  const answered = facts.checks
    .filter((one) => one.subject === subject && one.outcome === 'ok')
    .filter((one) => one.at > facts.at - harmForMs - blurMs)
    .slice(0, 2)
    .map((one) => one.values['lockWaits'] ?? 0);
  const most = Math.max(0, ...answered);
  return most >= minWaits ? most : 0;
}
