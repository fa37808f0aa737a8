import type { Queryable } from '#platform';
import { hashToken, newToken } from './hash-token.ts';

/** Makes an API token that acts as `personId` until it is revoked. It is shown once: only its hash is stored. */
export async function createApiToken(db: Queryable, personId: string, name: string): Promise<string> {
  const token = newToken('tocsin');
  await db.query(
    'insert into api_tokens (token_hash, person, name, created_at) values ($1, $2, $3, clock_timestamp())',
    [hashToken(token), personId, name],
  );
  return token;
}

/** Id of the person whose token this is; null when it is unknown or revoked. */
export async function findApiToken(db: Queryable, token: string): Promise<string | null> {
  const { rows } = await db.query<{ person: string }>(
    'select person from api_tokens where token_hash = $1 and revoked_at is null',
    [hashToken(token)],
  );
  return rows[0]?.person ?? null;
}
