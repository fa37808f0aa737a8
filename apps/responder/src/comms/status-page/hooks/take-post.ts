import type { PageSnapshot } from '@tocsin/contract';
import type { Database } from '#platform';
import type { PostContent, ToldUpdate } from './hook-row.ts';

/** The post that a target gets next. */
export interface TakenPost {
  readonly content: PostContent;
  /** Since it was written. */
  readonly ageMs: number;
}

/**
 * Takes the oldest post of a target for its holder; null: there is none, or the fence is no longer the newest. Still "sending": the
 * holder before died or froze, and may have sent it.
 */
export async function takePost(db: Database, hookId: string, fence: number): Promise<TakenPost | null> {
  const { rows } = await db.query<{ id: string; may_be_repeat: boolean; age_ms: number }>(
    `update status_page_posts set state = 'sending', attempts = attempts + 1,
       may_be_repeat = may_be_repeat or state = 'sending'
     where id = (select id from status_page_posts where hook_id = $1 and state in ('queued', 'sending')
       order by turn limit 1)
       and exists (select from status_page_hooks where id = $1 and fence = $2)
     returning id, may_be_repeat, extract(epoch from clock_timestamp() - created_at)::float8 * 1000 as age_ms`,
    [hookId, fence],
  );
  const [taken] = rows;
  if (taken === undefined) return null;
  const told = await readTold(db, taken.id);
  return {
    content: { id: taken.id, mayBeRepeat: taken.may_be_repeat, ...told },
    ageMs: taken.age_ms,
  };
}

async function readTold(
  db: Database,
  postId: string,
): Promise<Pick<PostContent, 'incidentId' | 'updates' | 'snapshot'>> {
  const { rows } = await db.query<{
    incident_id: string | null;
    updates: ToldUpdate[] | null;
    snapshot: PageSnapshot | null;
  }>(
    `select told.incident_id, page.snapshot, (
       select json_agg(json_build_object('id', one.id, 'status', one.status, 'body', one.body, 'at',
         to_char(one.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by one.at desc, one.id desc)
       from updates one where one.incident_id = told.incident_id and one.audience = 'status-page'
         and (one.at, one.id) <= (told.at, told.id)) as updates
     from status_page_posts p join status_page_hooks h on h.id = p.hook_id
     left join updates told on told.id = p.update_id
     left join status_page_snapshots page on page.service_id = h.service_id
     where p.id = $1`,
    [postId],
  );
  const [row] = rows;
  return {
    incidentId: row?.incident_id ?? null,
    updates: row?.updates ?? [],
    snapshot: row?.snapshot ?? null,
  };
}
