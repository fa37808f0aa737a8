import type { Queryable } from '#platform';

/** One page or notice as the console's inbox shows it; instants in epoch milliseconds. */
export interface InboxMessage {
  readonly id: string;
  readonly person: string;
  /** Null for a notice. */
  readonly incidentId: string | null;
  readonly subject: string;
  readonly body: string;
  readonly at: number;
  readonly readAt: number | null;
}

/** A person's pages and notices, newest first. */
export async function readInbox(
  db: Queryable,
  person: string,
  limit = 100,
): Promise<readonly InboxMessage[]> {
  const { rows } = await db.query<InboxMessage & Record<string, unknown>>(
    `select message_id as id, person, incident_id as "incidentId", subject, body, at, read_at as "readAt"
     from inbox where person = $1
     union all
     select id, person, null, subject, body, created_at, null
     from notices where person = $1 and channel = 'inbox'
     order by at desc, id desc limit $2`,
    [person, limit],
  );
  return rows;
}
