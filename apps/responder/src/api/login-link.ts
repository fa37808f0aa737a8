import { AppError, type Queryable } from '#platform';
import { hashToken, newToken } from './hash-token.ts';

/** How long a login link can be used. */
export const loginLinkMinutes = 15;

/**
 * Makes a link that signs `personId` in once within 15 minutes. The token lies behind `#`, so that it reaches no
 * server log and no referrer; only its hash is stored.
 */
export async function createLoginLink(db: Queryable, personId: string, publicUrl: string): Promise<string> {
  const token = newToken('login');
  await db.query(
    `insert into login_links (token_hash, person, created_at, expires_at)
     values ($1, $2, clock_timestamp(), clock_timestamp() + $3 * interval '1 minute')`,
    [hashToken(token), personId, loginLinkMinutes],
  );
  return `${publicUrl.replace(/\/$/, '')}/login#token=${token}`;
}

/** Uses the link up and answers whose it was. Of two at the same time, one wins. Throws `gone` with the reason. */
export async function redeemLoginLink(db: Queryable, token: string): Promise<string> {
  const hash = hashToken(token);
  const used = await db.query<{ person: string }>(
    `update login_links set used_at = clock_timestamp()
     where token_hash = $1 and used_at is null and expires_at > clock_timestamp() returning person`,
    [hash],
  );
  const [row] = used.rows;
  if (row !== undefined) return row.person;
  const { rows } = await db.query<{ used_at: number | null; expires_at: number }>(
    'select used_at, expires_at from login_links where token_hash = $1',
    [hash],
  );
  throw new AppError('gone', whyNot(rows[0]));
}

function whyNot(row: { used_at: number | null; expires_at: number } | undefined): string {
  const again = 'ask for a new one where this one came from (`tocsin up` prints one)';
  if (row === undefined) return `token: no login link has this token; ${again}`;
  if (row.used_at !== null)
    return `token: this login link was used at ${new Date(row.used_at).toISOString()}; each works once; ${again}`;
  return `token: this login link expired at ${new Date(row.expires_at).toISOString()}; each works for ${loginLinkMinutes} minutes; ${again}`;
}
