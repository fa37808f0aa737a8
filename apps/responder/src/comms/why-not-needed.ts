import type { Incident } from '#incidents';
import type { Queryable } from '#platform';
import type { MessageRow } from './message-row.ts';

/**
 * Why a message that did not go out at once need not go out any more: its page was acknowledged, or the incident closed. Null for what is still
 * needed, and for every first attempt of a message that waits for nothing.
 */
export async function whyNotNeeded(db: Queryable, row: MessageRow): Promise<string | null> {
  if (row.attempts <= 1 && row.after_ms === 0) return null;
  const { rows } = await db.query<{ snapshot: Incident }>('select snapshot from incidents where id = $1', [
    row.incident_id,
  ]);
  const incident = rows[0]?.snapshot;
  if (incident === undefined) return null;
  if (incident.status === 'resolved') return 'the incident was closed before its turn';
  const page = incident.pages.find((one) => one.id === row.page_id);
  if (page === undefined || page.acknowledgedAt === null) return null;
  return `acknowledged by ${page.acknowledgedBy ?? incident.acknowledgedBy ?? 'somebody'} before its turn`;
}
