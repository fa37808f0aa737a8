import type { Database } from '#platform';

/** A channel's server works again: what waits for its next attempt there has it now. */
export async function bringForward(db: Database, channel: string): Promise<void> {
  await db.transact(async (tx) => {
    const { rowCount } = await tx.query(
      `update messages set due_at = clock_timestamp()
       where id in (select id from messages
         where channel = $1 and state = 'queued' and attempts > 0 and due_at > clock_timestamp()
         order by id for update skip locked)`,
      [channel],
    );
    if (rowCount > 0) tx.tell('messages', channel);
  });
}
