import { createHash, randomBytes } from 'node:crypto';

/** A secret of 256 random bits, safe in a URL. `prefix` tells a reader, and a secret scanner, what it is. */
export function newToken(prefix: string): string {
  return `${prefix}_${randomBytes(32).toString('base64url')}`;
}

/** What is stored of a secret. A plain hash is enough: 256 random bits cannot be guessed. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
