import { startRowWorker, type Database, type Logger, type RowContext, type RowWorker } from '#platform';
import type { Channel } from '../channel.ts';
import { messageQueue, type MessageRow } from '../message-row.ts';

/** A row of `notices`: a message about no incident. */
type NoticeRow = Omit<MessageRow, 'incident_id' | 'page_id'>;

/** A notice is worth an hour of trying, not a day. */
const mostAttempts = 60;
const restMs = 60_000;

export interface NoticesOptions {
  readonly db: Database;
  readonly log: Logger;
  readonly channels: Readonly<Record<string, Channel>>;
}

/** Sends notices: at least once each, behind pages, for an hour at most. */
export function startNotices({ db, log, channels }: NoticesOptions): Promise<RowWorker> {
  return startRowWorker<NoticeRow>({
    ...messageQueue,
    table: 'notices',
    db,
    log,
    wakeChannel: 'notices',
    concurrency: 1,
    graceMs: 4500,
    perform: (row, context) => deliver(db, channels[row.channel], row, context),
  });
}

async function deliver(
  db: Database,
  channel: Channel | undefined,
  row: NoticeRow,
  context: RowContext,
): Promise<void> {
  if (channel === undefined)
    return context.update(db, `state = 'failed', last_error = $3`, [`no ${row.channel} is configured`]);
  const { id, person, address, subject, body, may_be_repeat: mayBeRepeat } = row;
  const message = { id, incidentId: null, person, address, subject, body, mayBeRepeat };
  const delivery = await channel.deliver(message, context.signal);
  if (delivery.outcome === 'delivered')
    return context.update(
      db,
      `state = 'sent', sent_at = clock_timestamp(), receipt = $3, last_error = null`,
      [delivery.receipt],
    );
  if (delivery.permanent || row.attempts >= mostAttempts)
    return context.update(db, `state = 'failed', last_error = $3`, [delivery.reason]);
  return context.update(
    db,
    `state = 'queued', last_error = $3, may_be_repeat = may_be_repeat or $4,
     due_at = clock_timestamp() + $5 * interval '1 millisecond'`,
    [delivery.reason, delivery.maybeSent, restMs],
  );
}
