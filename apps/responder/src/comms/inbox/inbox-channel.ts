import type { Queryable } from '#platform';
import {
  type Channel,
  type Delivery,
  deliveryLimitMs,
  type FailedDelivery,
  type OutgoingMessage,
} from '../channel.ts';

/** Pages into the console's inbox: a row, so the same message twice is one. */
export function createInboxChannel(db: Queryable, limitMs = deliveryLimitMs): Channel {
  return {
    deliver: (message, signal) =>
      insert(db, message, AbortSignal.any([signal, AbortSignal.timeout(limitMs)])),
    check: () => Promise.resolve(null),
    close: () => undefined,
  };
}

async function insert(db: Queryable, message: OutgoingMessage, cut: AbortSignal): Promise<Delivery> {
  if (message.incidentId === null)
    return { ...failed('the inbox holds pages about incidents only', false), permanent: true };
  if (cut.aborted) return failed(whyCut(cut), false);
  try {
    await Promise.race([
      db.query(
        `insert into inbox (message_id, person, incident_id, subject, body, at)
         values ($1, $2, $3, $4, $5, clock_timestamp()) on conflict (message_id) do nothing`,
        [message.id, message.person, message.incidentId, message.subject, textOf(message)],
      ),
      rejectOn(cut),
    ]);
    return { outcome: 'delivered', receipt: 'in the inbox' };
  } catch (error) {
    return failed((error as Error).message, cut.aborted);
  }
}

/** Who reads it in the console has the button there: no links. */
function textOf({ body, mayBeRepeat }: OutgoingMessage): string {
  return mayBeRepeat ? `${body}\n\n(may be a repeat)` : body;
}

function failed(reason: string, maybeSent: boolean): FailedDelivery {
  return { outcome: 'failed', permanent: false, maybeSent, reason };
}

function whyCut(cut: AbortSignal): string {
  return `cut off: ${String((cut.reason as Error).message)}`;
}

function rejectOn(cut: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    cut.addEventListener('abort', () => reject(new Error(whyCut(cut))), { once: true });
  });
}
