import type { Queryable } from '#platform';

/** One page or notice as the console's inbox shows it; instants in epoch milliseconds. */
export interface InboxMessage {
  readonly id: string;
  readonly person: string;
  /** Null for a notice. */
  readonly incidentId: string | null;
  /** The page that it is; null for a notice, and for a summary of several. */
  readonly pageId: string | null;
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
    `select inbox.message_id as id, inbox.person, inbox.incident_id as "incidentId", m.page_id as "pageId",
       inbox.subject, inbox.body, inbox.at, inbox.read_at as "readAt"
     from inbox left join messages m on m.id = inbox.message_id where inbox.person = $1
     union all
     select id, person, null, null, subject, body, created_at, null
     from notices where person = $1 and channel = 'inbox'
     order by at desc, id desc limit $2`,
    [person, limit],
  );
  return rows;
}
