import type { FastifyRequest } from 'fastify';
import { AppError } from '#platform';

/**
 * Throws when a change comes from another site's page. Browsers name the origin of every POST; what names none is no
 * browser, and then only a bearer token is taken, never a cookie.
 */
export function requireSameOrigin(request: FastifyRequest, publicUrl: string): void {
  if (request.headers.authorization !== undefined) return;
  const { origin, host } = request.headers;
  if (origin !== undefined && (hostOf(origin) === host || origin === new URL(publicUrl).origin)) return;
  throw new AppError(
    'not-allowed',
    `Origin: ${origin ?? '(none)'}; expected this responder's own pages (${host ?? 'no host'}) or a bearer token`,
  );
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
