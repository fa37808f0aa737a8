import type { RowContext } from '#platform';
import { againLater } from './again-later.ts';
import { attempt, type Sending } from './attempt.ts';
import type { StoredMessage } from './message-row.ts';
import { restMs } from './rest-ms.ts';

/** Nobody waits longer for a code. */
const mostAttempts = 8;

/** One attempt at a message that is about no incident: a code, or a synthetic page. Its text is not kept once it is out. */
export async function sendNotice(sending: Sending, row: StoredMessage, context: RowContext): Promise<void> {
  const message = { subject: row.subject, body: row.body, answer: null };
  const { db, noticeProviders: providers } = sending;
  const delivery = await attempt({ providers }, { row, message }, context.signal);
  if (delivery.outcome === 'delivered') {
    const set = `state = 'sent', sent_at = clock_timestamp(), receipt = $3, last_error = null, body = ''`;
    await context.update(db, set, [delivery.receipt]);
  } else if (delivery.permanent || row.attempts >= mostAttempts) {
    await context.update(db, `state = 'failed', last_error = $3, body = ''`, [delivery.reason]);
  } else {
    const waitMs = restMs(row.attempts, delivery.retryAfterMs, providers.count(row.channel));
    await context.update(db, ...againLater(delivery, waitMs));
  }
}
