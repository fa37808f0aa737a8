import { createHmac } from 'node:crypto';
import type { TenantLink } from '@tocsin/contract';

/** The link as a url carries it: its parts in plain text, and 192 bits of HMAC-SHA-256, which is of one service alone. The page's process reads it. */
export function signTenantLink(
  secret: string,
  serviceId: string,
  { tenant, version, expiresAt }: TenantLink,
): string {
  const claim = [
    Buffer.from(tenant).toString('base64url'),
    version.toString(36),
    Math.floor(expiresAt / 1000).toString(36),
  ].join('.');
  const mac = createHmac('sha256', secret)
    .update(`tenant-page:${serviceId}:${claim}`)
    .digest()
    .subarray(0, 24);
  return `${claim}.${mac.toString('base64url')}`;
}
