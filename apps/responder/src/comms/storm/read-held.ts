import type { Queryable } from '#platform';
import type { SummaryLine } from './summary-text.ts';

/** The pages that go out in a summary, oldest first. */
export async function readHeld(db: Queryable, summaryId: string): Promise<readonly SummaryLine[]> {
  const { rows } = await db.query<SummaryLine & Record<string, unknown>>(
    `select m.id, i.id as "incidentId", i.number, m.subject, m.body,
       (i.status = 'resolved' or ${isAnswered}) as acknowledged
     from messages m join incidents i on i.id = m.incident_id
     where m.summary_id = $1 and m.state = 'held' order by m.created_at, m.id`,
    [summaryId],
  );
  return rows;
}

/** Whether the page of the message `m` about the incident `i` has its answer. */
const isAnswered = `jsonb_path_exists(i.snapshot, '$.pages[*] ? (@.id == $page && @.acknowledgedAt != null)',
         jsonb_build_object('page', m.page_id))`;

/** An incident of which a page in a summary has no answer yet. */
export interface WaitingIncident {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly severity: string;
}

/** The incidents of a summary that still wait for an answer to a page in it, by number. */
export async function waitingInSummary(
  db: Queryable,
  summaryId: string,
): Promise<readonly WaitingIncident[]> {
  const { rows } = await db.query<WaitingIncident & Record<string, unknown>>(
    `select distinct i.id, i.number, i.snapshot->>'title' as title, i.snapshot->>'severity' as severity
     from messages m join incidents i on i.id = m.incident_id
     where m.summary_id = $1 and i.status <> 'resolved' and not ${isAnswered}
     order by i.number`,
    [summaryId],
  );
  return rows;
}
