import { createHash, randomInt } from 'node:crypto';

export const codeMinutes = 10;
/** As often a wrong code may be given; then a new one is needed. */
export const mostTries = 5;
/** A code can be asked for again after so long. */
export const resendSeconds = 30;

/** Six digits. */
export function newCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}

/** What is stored of a code: few tries and ten minutes protect it, the hash keeps it out of sight. */
export function hashCode(person: string, contact: string, code: string): string {
  return createHash('sha256').update(`${person} ${contact} ${code}`).digest('hex');
}

/** As it is read out and written: `1 2 3 4 5 6`. */
export function spelled(code: string): string {
  return [...code].join(' ');
}
