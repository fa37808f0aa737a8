import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { EpochMs } from '#facts';
import type { Answer, Check } from './check.ts';
import { openTls, trusting, type Address } from './connect.ts';

export interface TlsTarget extends Address {
  readonly servername: string | undefined;
  /** Authorities (PEM) to trust besides the machine's; null: none. */
  readonly ca: string | null;
  readonly warnDays: number;
}

const dayMs = 24 * 3_600_000;
/** What every client stumbles over; whether an authority is trusted is another question for each of them. */
const brokenForAll = /^(?:CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|ERR_TLS_CERT_ALTNAME_INVALID|CERT_REVOKED)$/;

/** Node gives the code as text, or an error that carries one. */
function mistrust({ authorized, authorizationError: error }: TLSSocket): string | null {
  if (authorized) return null;
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : String(error);
}

function answerOf(validTo: EpochMs, doubt: string | null, target: TlsTarget, now: EpochMs): Answer {
  const values = {
    expiresInMs: validTo - now,
    warnWithinMs: target.warnDays * dayMs,
    trusted: doubt === null ? 1 : 0,
  };
  if (doubt === null) return { outcome: 'ok', detail: '', values };
  const until = `valid until ${new Date(validTo).toISOString()}`;
  if (brokenForAll.test(doubt)) return { outcome: 'tls', detail: `${doubt}; ${until}`, values };
  return { outcome: 'ok', detail: `the chain is not trusted (${doubt}); ${until}`, values };
}

/**
 * Reads until when the certificate is valid, also of one that is not trusted, and says so. An expired one, or one for other names,
 * fails; a certificate of an unknown authority does not, because clients may know it.
 */
export function tlsCheck(target: TlsTarget, now: () => EpochMs): Check {
  const { ca, servername } = target;
  return {
    async ask(asking) {
      const socket = await openTls(target, asking, {
        rejectUnauthorized: false,
        ...(servername === undefined ? {} : { servername }),
        ...trusting(ca),
      });
      const { raw } = socket.getPeerCertificate();
      const doubt = mistrust(socket);
      socket.destroy();
      const validTo = Date.parse(new X509Certificate(raw).validTo);
      return answerOf(validTo, doubt, target, now());
    },
  };
}
