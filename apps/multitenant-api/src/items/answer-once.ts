import { hash } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { Entry } from '../cache/read-cache.ts';
import { Problem, refuse } from '../errors/problem.ts';
import type { Caller } from '../tokens/caller.ts';

/** A request that may be sent more than once. */
export interface Repeat {
  readonly key: string;
  /** Of what the request asks for: the same key with another hash is another request. */
  readonly requestHash: string;
  readonly keepSeconds: number;
}

/** The hash of a request that carries a key. */
export function hashRequest(method: string, route: string, body: unknown): string {
  return hash('sha256', `${method} ${route}\n${JSON.stringify(body)}`);
}

const place = 'header idempotency-key';

/** The key of a request; null without one. Throws a `Problem` (400) for one that cannot be used. */
export function readRepeatKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  const value = String(header);
  if (/^[\x21-\x7e]{1,255}$/.test(value)) return value;
  throw refuse('invalid-request', { place, value, expected: '1 to 255 visible ASCII characters' });
}

/** Held until the transaction ends, however it ends: a request that died leaves nothing behind. */
async function lock(client: PoolClient, caller: Caller, key: string): Promise<void> {
  const name = JSON.stringify([caller.tenant, caller.sub, key]);
  const text = 'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked';
  const found = await client.query<{ locked: boolean }>({ name: 'lock-repeat', text, values: [name] });
  if (found.rows[0]?.locked === true) return;
  throw new Problem('in-progress', `${place}: ${key} is being answered`, { retryAfterSeconds: 1 });
}

async function dropExpired(client: PoolClient): Promise<void> {
  await client.query(`DELETE FROM idempotency_keys WHERE (tenant, caller, key) IN (
    SELECT tenant, caller, key FROM idempotency_keys WHERE expires_at < now() ORDER BY expires_at LIMIT 100)`);
}

async function find(client: PoolClient, caller: Caller, repeat: Repeat): Promise<Entry | null> {
  const found = await client.query<{ request_hash: string; etag: string; answer: string }>(
    'SELECT request_hash, etag, answer FROM idempotency_keys WHERE caller = $1 AND key = $2 AND expires_at >= now()',
    [caller.sub, repeat.key],
  );
  const [row] = found.rows;
  if (row === undefined) return null;
  if (row.request_hash === repeat.requestHash) return { head: row.etag, body: row.answer };
  const expected = 'a key that was not used for another body';
  throw refuse('key-reused', { place, value: repeat.key, expected });
}

/**
 * Answers a repeated request with what the first one was answered. Work, answer and key are one transaction.
 * Throws a `Problem`: 409 while the first one is under way, 422 when the key belongs to another request.
 */
export async function answerOnce(
  client: PoolClient,
  caller: Caller,
  repeat: Repeat,
  make: () => Promise<Entry>,
): Promise<{ entry: Entry; replayed: boolean }> {
  await lock(client, caller, repeat.key);
  const known = await find(client, caller, repeat);
  if (known !== null) return { entry: known, replayed: true };
  await dropExpired(client);
  const entry = await make();
  await client.query(
    `INSERT INTO idempotency_keys (caller, key, request_hash, etag, answer, expires_at)
     VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))
     ON CONFLICT (tenant, caller, key) DO UPDATE SET request_hash = excluded.request_hash, etag = excluded.etag,
       answer = excluded.answer, expires_at = excluded.expires_at`,
    [caller.sub, repeat.key, repeat.requestHash, entry.head, entry.body, repeat.keepSeconds],
  );
  return { entry, replayed: false };
}
