import type { Database } from '../database/database.ts';
import { tenantStatement } from '../database/tenant-statement.ts';
import { refuse } from '../errors/problem.ts';
import { scopes, type Verified } from '../tokens/caller.ts';
import { isSecret, readApiKey } from './api-key.ts';

/** Checks an API key at an instant (epoch ms). Throws a `Problem`: 401 when it is void, 503 without a database. */
export type VerifyApiKey = (text: string, nowMs: number) => Promise<Verified>;

const findKey = tenantStatement(
  'find-api-key',
  `SELECT encode(secret_hash, 'hex') AS secret_hash, array_to_string(scopes, ' ') AS scopes,
      (extract(epoch FROM expires_at) * 1000)::bigint AS expires_at, revoked_at
    FROM api_keys WHERE tenant = fence.tenant AND id = $2`,
);

const expected = 'an API key that exists, is not revoked and not expired';

/** A verifier by the table `api_keys`. The answer is the same for a key that is unknown, wrong, revoked or expired. */
export function apiKeyVerifier(database: Database): VerifyApiKey {
  return async (text, nowMs) => {
    const refused = refuse('unauthenticated', { place: 'token', value: 'API key', expected });
    const key = readApiKey(text);
    if (key === null) throw refused;
    const [row] = await database.read(findKey, key.tenant, [key.id]);
    const [storedHash, allowed, expiresText, revokedAt] = row ?? [];
    if (typeof storedHash !== 'string' || !isSecret(key.secret, storedHash)) throw refused;
    const expiresAt = typeof expiresText === 'string' ? Number(expiresText) : null;
    if (revokedAt !== null || (expiresAt !== null && expiresAt <= nowMs)) throw refused;
    const granted = String(allowed).split(' ');
    const caller = {
      tenant: key.tenant,
      sub: `key:${key.id}`,
      scopes: scopes.filter((scope) => granted.includes(scope)),
    };
    return { caller, expiresAt };
  };
}
