import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Digits of the hash that a binding names: enough to notice every change, short enough to read. */
const LENGTH = 16;

/** SHA-256 of a text in UTF-8, hexadecimal. */
export function textHash(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** The hash by which a binding knows its statement: the first 16 digits of SHA-256. */
export function statementHash(text: string): string {
  return textHash(text).slice(0, LENGTH);
}

/** The hash of a plan: of the text alone, or of the text, U+0000 and its sidecar. */
export function planHash(markdown: string, sidecar: string | undefined): string {
  return textHash(sidecar === undefined ? markdown : `${markdown}\u0000${sidecar}`);
}
