import { createHmac, timingSafeEqual } from 'node:crypto';
import type { EpochMs } from '#facts';

/** What a link is for; one is never good for another. */
export type LinkPurpose = 'acknowledge' | 'acknowledge-all' | `escalate-${number}`;

/** What a link says: this person may do that to this incident, until then. */
export interface LinkClaim {
  readonly purpose: LinkPurpose;
  /** Of a link that acknowledges all of a summary, the summary's id. */
  readonly incidentId: string;
  readonly person: string;
  readonly expiresAt: EpochMs;
}

/** A night and the next day: longer than any page matters. */
export const linkHours = 24;

/** The claim as a link carries it: its parts in plain text, for SMS are short, and 128 bits of HMAC-SHA-256 under the kept secret. */
export function signLink(secret: string, { purpose, incidentId, person, expiresAt }: LinkClaim): string {
  const claim = `${incidentId}.${person}.${Math.floor(expiresAt / 1000).toString(36)}`;
  return `${claim}.${macOf(secret, purpose, claim).toString('base64url')}`;
}

/** The claim of a link that we signed for that purpose and that has not expired; otherwise why it does not count. */
export function readLink(
  secret: string,
  { purpose, token }: { readonly purpose: LinkPurpose; readonly token: string },
  now: EpochMs,
): { readonly claim: LinkClaim } | { readonly refused: 'unknown' | 'expired' } {
  const [incidentId = '', person = '', expires = '', mac = '', ...rest] = token.split('.');
  const given = Buffer.from(mac, 'base64url');
  const expected = macOf(secret, purpose, `${incidentId}.${person}.${expires}`);
  if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected))
    return { refused: 'unknown' };
  const expiresAt = Number.parseInt(expires, 36) * 1000;
  return now < expiresAt ? { claim: { purpose, incidentId, person, expiresAt } } : { refused: 'expired' };
}

function macOf(secret: string, purpose: LinkPurpose, claim: string): Buffer {
  return createHmac('sha256', secret).update(`${purpose}:${claim}`).digest().subarray(0, 16);
}
