import type { Queryable } from '#platform';
import type { Channel } from '../channel.ts';

/** Pages into the console's inbox: a row, so the same message twice is one. */
export function createInboxChannel(db: Queryable): Channel {
  return {
    deliver: async (message) => {
      try {
        await db.query(
          `insert into inbox (message_id, person, incident_id, subject, body, at)
           values ($1, $2, $3, $4, $5, clock_timestamp()) on conflict (message_id) do nothing`,
          [message.id, message.person, message.incidentId, message.subject, message.body],
        );
        return { outcome: 'delivered', receipt: 'in the inbox' };
      } catch (error) {
        const reason = (error as Error).message;
        return { outcome: 'failed', permanent: false, maybeSent: false, reason };
      }
    },
    close: () => undefined,
  };
}
