import { randomFillSync } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const timeLetters = 10;
const randomLetters = 12;

/** A fresh id that sorts by time of making: `prefix_` + 48 bit of milliseconds + 60 random bits, Crockford base 32. */
export function newId(prefix: string, atMs: number = Date.now()): string {
  let time = '';
  for (let rest = atMs, n = 0; n < timeLetters; n += 1) {
    time = alphabet.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  const random = randomFillSync(new Uint8Array(randomLetters));
  return `${prefix}_${time}${Array.from(random, (byte) => alphabet.charAt(byte % 32)).join('')}`;
}
