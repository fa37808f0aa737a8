import type { EpochMs } from '#facts';
import { newId, type Queryable } from '#platform';
import type { FeedSubject } from '../feed/feed-events.ts';
import type { NamedActor } from '../on-call-actor.ts';

/** A link to a calendar. */
export interface Feed extends FeedSubject {
  readonly id: string;
  readonly createdAt: EpochMs;
  readonly createdBy: NamedActor;
  readonly revokedAt: EpochMs | null;
}

const columns = `id, kind, subject, created_at as "createdAt", created_by as "createdBy", revoked_at as "revokedAt"`;

/** Keeps the hash of a link's token: the link itself is shown once. */
export async function createFeed(
  db: Queryable,
  serviceId: string,
  feed: FeedSubject & { readonly tokenHash: string; readonly by: NamedActor },
): Promise<Feed> {
  const { rows } = await db.query<Feed & Record<string, unknown>>(
    `insert into on_call_feeds (id, service_id, token_hash, kind, subject, created_at, created_by)
     values ($1, $2, $3, $4, $5, clock_timestamp(), $6) returning ${columns}`,
    [newId('ocf'), serviceId, feed.tokenHash, feed.kind, feed.subject, JSON.stringify(feed.by)],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('insert into on_call_feeds gave no row');
  return row;
}

/** Links that hold, newest first. */
export async function listFeeds(db: Queryable, serviceId: string): Promise<readonly Feed[]> {
  const { rows } = await db.query<Feed & Record<string, unknown>>(
    `select ${columns} from on_call_feeds where service_id = $1 and revoked_at is null order by created_at desc`,
    [serviceId],
  );
  return rows;
}

/** The feed behind a token; null when there is none, or it was revoked. */
export async function findFeed(db: Queryable, serviceId: string, tokenHash: string): Promise<Feed | null> {
  const { rows } = await db.query<Feed & Record<string, unknown>>(
    `select ${columns} from on_call_feeds where service_id = $1 and token_hash = $2 and revoked_at is null`,
    [serviceId, tokenHash],
  );
  return rows[0] ?? null;
}

/** Ends a link; null when there is none that holds. */
export async function revokeFeed(
  db: Queryable,
  serviceId: string,
  id: string,
  by: NamedActor,
): Promise<Feed | null> {
  const { rows } = await db.query<Feed & Record<string, unknown>>(
    `update on_call_feeds set revoked_at = clock_timestamp(), revoked_by = $3
     where service_id = $1 and id = $2 and revoked_at is null returning ${columns}`,
    [serviceId, id, JSON.stringify(by)],
  );
  return rows[0] ?? null;
}
