import type { ProbeOutcome } from '#facts';

/** Where a connection failed. */
export type FailedStage = Extract<ProbeOutcome, 'timeout' | 'refused' | 'dns' | 'tls'>;

const byCode: Readonly<Record<string, FailedStage>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'timeout',
  ENETUNREACH: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
};

function codeOf(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  return cause === undefined ? '' : codeOf(cause);
}

/** The stage at which a request failed; a silent way there is a `timeout`, everything that cut the connection `refused`. */
export function outcomeOfError(error: unknown): FailedStage {
  const code = codeOf(error);
  if (/^(CERT_|ERR_TLS|ERR_SSL|EPROTO)/.test(code)) return 'tls';
  return byCode[code] ?? 'refused';
}
