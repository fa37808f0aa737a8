import type { RowContext } from '#platform';
import { againLater } from '../again-later.ts';
import { attempt, type Sending } from '../attempt.ts';
import type { Delivery } from '../channel.ts';
import type { MessageRow } from '../message-row.ts';
import { tryNextWays } from '../next-way.ts';
import { restMs } from '../rest-ms.ts';
import { notePace } from './admit-or-hold.ts';
import { readHeld } from './read-held.ts';
import { summaryMessage } from './summary-message.ts';

/**
 * One attempt at a summary. Its outcome is written to its pages, each of which then tells its own incident, one by one: delivered in
 * it, or, when it cannot go out for good, on its own after all.
 */
export async function sendSummary(sending: Sending, row: MessageRow, context: RowContext): Promise<void> {
  const lines = await readHeld(sending.db, row.id);
  if (lines.every((one) => one.acknowledged)) {
    await skipSummary(sending, row, context);
    return;
  }
  await notePace(sending.db, row);
  const message = await summaryMessage(sending, row, lines);
  const delivery: Delivery = await attempt(sending, { row, message }, context.signal);
  await sending.db.transact(async (tx) => {
    if (delivery.outcome === 'failed') await tryNextWays(tx, row.id);
    if (delivery.outcome === 'delivered') {
      const receipt = `in summary ${row.id} of ${lines.length} pages: ${delivery.receipt}`;
      await context.update(
        tx,
        `state = 'sent', sent_at = clock_timestamp(), receipt = $3, subject = $4, body = $5, last_error = null`,
        [delivery.receipt, message.subject, message.body],
      );
      await tx.query(
        `update messages set state = 'queued', receipt = $2, due_at = clock_timestamp()
         where summary_id = $1 and state = 'held'`,
        [row.id, receipt],
      );
    } else if (delivery.permanent) {
      await context.update(tx, `state = 'failed', last_error = $3`, [delivery.reason]);
      await tx.query(
        `update messages set state = 'queued', summary_id = null, told = null, last_error = null,
           admitted_at = clock_timestamp(), due_at = clock_timestamp()
         where summary_id = $1 and state = 'held'`,
        [row.id],
      );
    } else {
      const ways = sending.providers.count(row.channel);
      await context.update(tx, ...againLater(delivery, restMs(row.attempts, delivery.retryAfterMs, ways)));
    }
    tx.tell('messages', row.id);
  });
}

/** Nobody is woken for what was answered while it gathered: each of its pages has its late turn, finds that out and says so. */
async function skipSummary({ db }: Pick<Sending, 'db'>, row: MessageRow, context: RowContext): Promise<void> {
  await db.transact(async (tx) => {
    await context.update(tx, `state = 'skipped', last_error = $3`, [
      'all of it was answered before its turn',
    ]);
    await tx.query(
      `update messages set state = 'queued', summary_id = null, attempts = 1, due_at = clock_timestamp()
       where summary_id = $1 and state = 'held'`,
      [row.id],
    );
    tx.tell('messages', row.id);
  });
}
