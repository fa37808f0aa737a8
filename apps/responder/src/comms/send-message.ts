import type { Actor, Incidents } from '#incidents';
import { AppError, type Database, type RowContext, type Transaction } from '#platform';
import type { Channel, Delivery } from './channel.ts';
import { channelOf, toOutgoing, type MessageRow } from './message-row.ts';

const messenger: Actor = { kind: 'system', id: 'comms' };
const longestRestMs = 30_000;

export interface Sending {
  readonly db: Database;
  readonly incidents: Incidents;
  readonly channels: Readonly<Record<string, Channel>>;
}

/**
 * One attempt at one message. Row and page change in one transaction: a crash before it means that the lease runs out
 * and the message goes out again, marked as a possible repeat; a crash after it changes nothing.
 */
export async function sendMessage(sending: Sending, row: MessageRow, context: RowContext): Promise<void> {
  const channel = sending.channels[row.channel];
  const delivery: Delivery =
    channel === undefined
      ? {
          outcome: 'failed',
          permanent: true,
          maybeSent: false,
          reason: `no ${row.channel} is configured`,
        }
      : await channel.deliver(toOutgoing(row), context.signal);
  await sending.db.transact((tx) => settle(sending, tx, row, { context, delivery }));
}

async function settle(
  sending: Sending,
  tx: Transaction,
  row: MessageRow,
  { context, delivery }: { readonly context: RowContext; readonly delivery: Delivery },
): Promise<void> {
  const told = { pageId: row.page_id, channel: channelOf(row) };
  if (delivery.outcome === 'delivered') {
    await tell(sending, tx, row, { kind: 'page-delivered', ...told, detail: delivery.receipt });
    await context.update(tx, `state = 'sent', sent_at = clock_timestamp(), receipt = $3, last_error = null`, [
      delivery.receipt,
    ]);
    return;
  }
  const final = delivery.permanent || (await isOver(tx, row.incident_id));
  await tell(sending, tx, row, { kind: 'page-failed', ...told, detail: delivery.reason, final });
  if (final) await context.update(tx, `state = 'failed', last_error = $3`, [delivery.reason]);
  else
    await context.update(
      tx,
      `state = 'queued', last_error = $3, may_be_repeat = may_be_repeat or $4,
       due_at = clock_timestamp() + $5 * interval '1 millisecond'`,
      [delivery.reason, delivery.maybeSent, restMs(row.attempts)],
    );
}

/** A page for an incident that is closed is not tried for ever. */
async function isOver(tx: Transaction, incidentId: string): Promise<boolean> {
  const { rows } = await tx.query<{ status: string }>('select status from incidents where id = $1', [
    incidentId,
  ]);
  return rows[0]?.status === 'resolved';
}

async function tell(
  sending: Sending,
  tx: Transaction,
  row: MessageRow,
  body: Parameters<Incidents['applyIn']>[2],
): Promise<void> {
  try {
    await sending.incidents.applyIn(tx, row.incident_id, body, messenger);
  } catch (error) {
    // A page the incident does not know: its outcome is on the row. A defect is thrown on.
    if (!(error instanceof AppError)) throw error;
  }
}

/** 1 s, 2 s, 4 s ... at most 30 s. */
export function restMs(attempts: number): number {
  return Math.min(longestRestMs, 1000 * 2 ** Math.max(0, attempts - 1));
}
