import {
  databaseNow,
  startRowWorker,
  type Database,
  type Logger,
  type RowContext,
  type RowWorker,
  type Transaction,
} from '#platform';
import type { Incidents } from '#incidents';
import { againLater } from '../again-later.ts';
import type { Delivery } from '../channel.ts';
import { messageQueue, type StoredMessage } from '../message-row.ts';
import type { StepOffer } from '../offers/step-offer.ts';
import type { ProvidersInTurn } from '../providers-in-turn.ts';
import { tellIncident } from '../tell-incident.ts';

/** A row of `notices`: a message that nobody has to answer. */
type NoticeRow = Pick<
  StoredMessage,
  'id' | 'person' | 'channel' | 'address' | 'subject' | 'body' | 'attempts' | 'may_be_repeat'
> & {
  /** The change that it asks to approve. */
  readonly offer: StepOffer | null;
  /** The incident that hears what became of it, and for which call of somebody outside; null for all others. */
  readonly incident_id: string | null;
  readonly external_call: string | null;
};

/** A notice is worth an hour of trying, not a day. */
const mostAttempts = 60;
const restMs = 60_000;

export interface NoticesOptions {
  readonly db: Database;
  readonly log: Logger;
  readonly incidents: Incidents;
  readonly providers: ProvidersInTurn;
}

/** Sends notices: at least once each, behind pages, for an hour at most. */
export function startNotices({ db, log, incidents, providers }: NoticesOptions): Promise<RowWorker> {
  return startRowWorker<NoticeRow>({
    ...messageQueue,
    table: 'notices',
    db,
    log,
    wakeChannel: 'notices',
    concurrency: 1,
    graceMs: 4500,
    perform: (row, context) => deliver({ db, incidents, providers }, row, context),
  });
}

type Room = Pick<NoticesOptions, 'db' | 'incidents' | 'providers'>;

async function deliver(room: Room, row: NoticeRow, context: RowContext): Promise<void> {
  const { db, providers } = room;
  const delivery = await attempt(db, providers, row, context.signal);
  if (delivery.outcome === 'delivered')
    return db.transact(async (tx) => {
      await tellOutcome(room, tx, row, { outcome: 'sent', detail: delivery.receipt });
      const set = `state = 'sent', sent_at = clock_timestamp(), receipt = $3, last_error = null`;
      await context.update(tx, set, [delivery.receipt]);
    });
  if (delivery.permanent || row.attempts >= mostAttempts)
    return db.transact(async (tx) => {
      await tellOutcome(room, tx, row, { outcome: 'failed', detail: delivery.reason });
      await context.update(tx, `state = 'failed', last_error = $3`, [delivery.reason]);
    });
  return context.update(db, ...againLater(delivery, restMs));
}

/** Said to the incident in the transaction that writes it on the row. */
async function tellOutcome(
  { incidents }: Room,
  tx: Transaction,
  { incident_id, external_call: call }: NoticeRow,
  said: { readonly outcome: 'sent' | 'failed'; readonly detail: string },
): Promise<void> {
  if (incident_id === null || call === null) return;
  await tellIncident(incidents, tx, { incident_id }, { kind: 'external-mailed', call, ...said });
}

async function attempt(
  db: Database,
  providers: ProvidersInTurn,
  row: NoticeRow,
  signal: AbortSignal,
): Promise<Delivery> {
  const { id, person, channel, address, subject, body, attempts, may_be_repeat: mayBeRepeat } = row;
  const offers = row.offer === null ? [] : [row.offer];
  const message = { id, incidentId: null, person, address, subject, body, mayBeRepeat, answer: null, offers };
  return providers.deliver({ channel, attempts, at: await databaseNow(db) }, message, signal);
}
