import { createHmac, timingSafeEqual } from 'node:crypto';
import type { TenantLink } from '@tocsin/contract';

/** What a link says that the responder signed for the service and that has not expired; null for any other. Whether its version still counts, the tenant's row says. */
export function readTenantLink(
  { secret, serviceId }: { readonly secret: string; readonly serviceId: string },
  token: string,
  now: number,
): TenantLink | null {
  const [name = '', version = '', expires = '', mac = '', ...rest] = token.split('.');
  // As text: bytes would be the same for some texts that are not.
  const given = Buffer.from(mac);
  const signature = createHmac('sha256', secret)
    .update(`tenant-page:${serviceId}:${name}.${version}.${expires}`)
    .digest();
  const expected = Buffer.from(signature.subarray(0, 24).toString('base64url'));
  if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const expiresAt = Number.parseInt(expires, 36) * 1000;
  if (now >= expiresAt) return null;
  return {
    tenant: Buffer.from(name, 'base64url').toString(),
    version: Number.parseInt(version, 36),
    expiresAt,
  };
}
