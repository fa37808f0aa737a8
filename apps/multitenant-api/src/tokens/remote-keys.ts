import { JWKSNoMatchingKey } from 'jose/errors';
import { createLocalJWKSet } from 'jose/jwks/local';
import { createRemoteJWKSet, jwksCache, type JWKSCacheInput } from 'jose/jwks/remote';
import type { JWTVerifyGetKey } from 'jose/jwt/verify';
import type { Config } from '../config.ts';
import { unavailable } from '../database/explain-failure.ts';

/** How the last look at the key server ended; `ageMs` counts from the last time that it answered. */
export type KeysReport = { status: 'ok' | 'failing'; ageMs: number | null; reason?: string };

/** Public keys of whoever signs the tokens. */
export interface RemoteKeys {
  /** The key for a token. Throws a `Problem` (503) when the key server cannot be reached and no key is known that may still be used. */
  readonly keyFor: JWTVerifyGetKey;
  report(nowMs: number): KeysReport;
}

function isAboutTheKey(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    /MATCHING_KEY|ALG_NOT_ALLOWED|NOT_SUPPORTED/.test(String(error.code))
  );
}

/**
 * Keys by `JWKS_URL`: kept for `JWKS_CACHE_MS`, fetched again once when a token names an unknown key, at most once in
 * `JWKS_COOLDOWN_MS`. While the server cannot be reached, known keys serve on for `JWKS_STALE_MS`.
 */
export function remoteKeys(url: string, config: Config): RemoteKeys {
  const kept: JWKSCacheInput = {};
  const remote = createRemoteJWKSet(new URL(url), {
    cacheMaxAge: config.JWKS_CACHE_MS,
    cooldownDuration: config.JWKS_COOLDOWN_MS,
    timeoutDuration: config.JWKS_TIMEOUT_MS,
    [jwksCache]: kept,
  });
  let failure: { at: number; reason: string } | undefined;

  const stale: JWTVerifyGetKey = async (header, token) => {
    const { jwks, uat } = kept;
    const cause = new Error(failure?.reason ?? 'never fetched');
    if (jwks === undefined || Date.now() - (uat ?? 0) > config.JWKS_STALE_MS) {
      throw unavailable('keys of the token issuer cannot be reached', cause);
    }
    try {
      return await createLocalJWKSet(jwks)(header, token);
    } catch (error) {
      if (!(error instanceof JWKSNoMatchingKey)) throw error;
      throw unavailable('keys of the token issuer cannot be reached, and the key is not a known one', cause);
    }
  };

  return {
    async keyFor(header, token) {
      if (failure !== undefined && Date.now() - failure.at < config.JWKS_COOLDOWN_MS)
        return stale(header, token);
      try {
        const key = await remote(header, token);
        failure = undefined;
        return key;
      } catch (error) {
        if (isAboutTheKey(error)) throw error;
        failure = { at: Date.now(), reason: error instanceof Error ? error.message : String(error) };
        return stale(header, token);
      }
    },
    report: (nowMs) => ({
      status: failure === undefined ? 'ok' : 'failing',
      ageMs: kept.uat === undefined ? null : nowMs - kept.uat,
      ...(failure === undefined ? {} : { reason: 'keys of the token issuer cannot be reached' }),
    }),
  };
}
