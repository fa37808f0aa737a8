import type { Queryable } from '#platform';
import type { MessageRow } from './message-row.ts';

/**
 * Why a message that did not go out at once need not go out any more: its page was acknowledged, or the incident closed. Null for what is still
 * needed, and for every first attempt of a message that waits for nothing.
 */
export async function whyNotNeeded(db: Queryable, row: MessageRow): Promise<string | null> {
  if (row.attempts <= 1 && row.after_ms === 0) return null;
  const { rows } = await db.query<{ status: string; acknowledged: boolean; by: string | null }>(
    `select status, snapshot->>'acknowledgedBy' as by, jsonb_path_exists(snapshot,
         '$.pages[*] ? (@.id == $page && @.acknowledgedAt != null)', jsonb_build_object('page', $2::text)) as acknowledged
     from incidents where id = $1`,
    [row.incident_id, row.page_id],
  );
  const [incident] = rows;
  if (incident?.status === 'resolved') return 'the incident was closed before its turn';
  return incident?.acknowledged === true
    ? `acknowledged by ${incident.by ?? 'somebody'} before its turn`
    : null;
}
