import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { tenantPattern } from '../tokens/caller.ts';

/** The parts of an API key: its tenant stands in it, so that its row is looked up behind the tenant's fence. */
export interface ApiKey {
  readonly tenant: string;
  readonly id: string;
  readonly secret: string;
}

const form = /^mtk_([0-9a-f]{12})_([0-9a-f]{48})_(.+)$/;

/** A new key with 192 random bits. */
export function newApiKey(tenant: string): ApiKey {
  return { tenant, id: randomBytes(6).toString('hex'), secret: randomBytes(24).toString('hex') };
}

/** The text that its owner sends as a bearer token; shown once. */
export function writeApiKey({ tenant, id, secret }: ApiKey): string {
  return `mtk_${id}_${secret}_${tenant}`;
}

/** The part that may be shown again: enough to tell keys apart, nothing of the secret. */
export function prefixOf(id: string): string {
  return `mtk_${id}`;
}

/** Reads a key as `writeApiKey` writes it; null for anything else. */
export function readApiKey(text: string): ApiKey | null {
  const [, id, secret, tenant] = form.exec(text) ?? [];
  if (id === undefined || secret === undefined || tenant === undefined) return null;
  return tenantPattern.test(tenant) ? { tenant, id, secret } : null;
}

/** What is stored of a secret. A plain hash is enough: 192 random bits cannot be guessed, unlike a password. */
export function hashOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}

/** Compares without telling by the time taken how much is right. */
export function isSecret(secret: string, storedHex: string): boolean {
  const stored = Buffer.from(storedHex, 'hex');
  const given = hashOf(secret);
  return stored.length === given.length && timingSafeEqual(stored, given);
}
