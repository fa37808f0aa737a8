import type { Database } from '#platform';
import type { ServerBack } from './providers-in-turn.ts';

/** Tells responders which server works again, by its name. */
export const serverBackChannel = 'server_back';

/** A channel's server works again: all responders hear it, and what waits for its next attempt on the channel has it now. */
export async function bringForward(db: Database, { channel, server }: ServerBack): Promise<void> {
  await db.transact(async (tx) => {
    tx.notify(serverBackChannel, server);
    await tx.query(
      `update messages set due_at = clock_timestamp()
       where id in (select id from messages
         where channel = $1 and state = 'queued' and attempts > 0 and due_at > clock_timestamp()
         order by id for update skip locked)`,
      [channel],
    );
    tx.notify('messages', channel);
  });
}
