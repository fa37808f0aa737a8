import {
  databaseNow,
  startRowWorker,
  type Database,
  type Logger,
  type RowContext,
  type RowWorker,
} from '#platform';
import type { Delivery } from '../channel.ts';
import { messageQueue, type StoredMessage } from '../message-row.ts';
import type { StepOffer } from '../offers/step-offer.ts';
import type { ProvidersInTurn } from '../providers-in-turn.ts';

/** A row of `notices`: a message that nobody has to answer. */
type NoticeRow = Pick<
  StoredMessage,
  'id' | 'person' | 'channel' | 'address' | 'subject' | 'body' | 'attempts' | 'may_be_repeat'
> & {
  /** The change that it asks to approve. */
  readonly offer: StepOffer | null;
};

/** A notice is worth an hour of trying, not a day. */
const mostAttempts = 60;
const restMs = 60_000;

export interface NoticesOptions {
  readonly db: Database;
  readonly log: Logger;
  readonly providers: ProvidersInTurn;
}

/** Sends notices: at least once each, behind pages, for an hour at most. */
export function startNotices({ db, log, providers }: NoticesOptions): Promise<RowWorker> {
  return startRowWorker<NoticeRow>({
    ...messageQueue,
    table: 'notices',
    db,
    log,
    wakeChannel: 'notices',
    concurrency: 1,
    graceMs: 4500,
    perform: (row, context) => deliver(db, providers, row, context),
  });
}

async function deliver(
  db: Database,
  providers: ProvidersInTurn,
  row: NoticeRow,
  context: RowContext,
): Promise<void> {
  const delivery = await attempt(db, providers, row, context.signal);
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

async function attempt(
  db: Database,
  providers: ProvidersInTurn,
  row: NoticeRow,
  signal: AbortSignal,
): Promise<Delivery> {
  const now = await databaseNow(db);
  const provider = providers.take(row.channel, row.attempts, now);
  if ('outcome' in provider) return provider;
  const { id, person, address, subject, body, may_be_repeat: mayBeRepeat } = row;
  const offers = row.offer === null ? [] : [row.offer];
  const message = { id, incidentId: null, person, address, subject, body, mayBeRepeat, answer: null, offers };
  const delivery = await provider.channel.deliver(message, signal);
  if (!signal.aborted) providers.learn(provider, delivery, now);
  return delivery;
}
