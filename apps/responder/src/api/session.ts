import type { Queryable } from '#platform';
import { hashToken, newToken } from './hash-token.ts';

export const sessionCookie = 'tocsin_session';
/** A session outlives an on-call week's nights: nobody should have to find a login link at 3 a.m. */
export const sessionDays = 7;

/** Starts a session and answers its token; only the hash is stored. */
export async function startSession(db: Queryable, personId: string): Promise<string> {
  const token = newToken('session');
  await db.query(
    `insert into sessions (token_hash, person, created_at, expires_at)
     values ($1, $2, clock_timestamp(), clock_timestamp() + $3 * interval '1 day')`,
    [hashToken(token), personId, sessionDays],
  );
  return token;
}

/** Id of the person whose session this is; null when it is unknown or over. */
export async function findSession(db: Queryable, token: string): Promise<string | null> {
  const { rows } = await db.query<{ person: string }>(
    'select person from sessions where token_hash = $1 and expires_at > clock_timestamp()',
    [hashToken(token)],
  );
  return rows[0]?.person ?? null;
}

export async function endSession(db: Queryable, token: string): Promise<void> {
  await db.query('delete from sessions where token_hash = $1', [hashToken(token)]);
}
