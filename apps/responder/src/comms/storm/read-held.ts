import type { Queryable } from '#platform';
import type { SummaryLine } from './summary-text.ts';

/** The pages that go out in a summary, oldest first. */
export async function readHeld(db: Queryable, summaryId: string): Promise<readonly SummaryLine[]> {
  const { rows } = await db.query<SummaryLine & Record<string, unknown>>(
    `select i.number, m.subject, (i.status = 'resolved' or jsonb_path_exists(i.snapshot,
         '$.pages[*] ? (@.id == $page && @.acknowledgedAt != null)',
         jsonb_build_object('page', m.page_id))) as acknowledged
     from messages m join incidents i on i.id = m.incident_id
     where m.summary_id = $1 and m.state = 'held' order by m.created_at, m.id`,
    [summaryId],
  );
  return rows;
}
