import type { RowContext, Transaction } from '#platform';
import type { AnswerFacts } from './acknowledge/answer-facts.ts';
import { againLater } from './again-later.ts';
import { attempt, type Sending } from './attempt.ts';
import type { Delivery, FailedDelivery } from './channel.ts';
import { channelOf, type MessageRow, type StoredMessage } from './message-row.ts';
import { tryNextWay } from './next-way.ts';
import { pageMessage } from './page-message.ts';
import { restMs } from './rest-ms.ts';
import { sendNotice } from './send-notice.ts';
import { admitAtOnce } from './storm/admit-at-once.ts';
import { admitOrHold, targetOf } from './storm/admit-or-hold.ts';
import { sendSummary } from './storm/send-summary.ts';
import { settleInSummary } from './storm/settle-in-summary.ts';
import { tellIncident } from './tell-incident.ts';
import { whyNotNeeded } from './why-not-needed.ts';

/**
 * One attempt at one message. Row and page change in one transaction: a crash before it means that the lease runs out
 * and the message goes out again, marked as a possible repeat; a crash after it changes nothing.
 */
export function sendMessage(sending: Sending, row: StoredMessage, context: RowContext): Promise<void> {
  const { incident_id: incidentId } = row;
  if (incidentId === null) return sendNotice(sending, row, context);
  const about: MessageRow = { ...row, incident_id: incidentId };
  return row.kind === 'summary' ? sendSummary(sending, about, context) : sendPage(sending, about, context);
}

async function sendPage(sending: Sending, row: MessageRow, context: RowContext): Promise<void> {
  const settled = settledBefore(row);
  const needless = settled === null ? await whyNotNeeded(sending.db, row) : null;
  if (needless !== null) {
    await skip(sending, row, { context, needless });
    return;
  }
  const passed = settled === null ? await letThrough(sending, row, context) : null;
  if (passed === 'held') return;
  const delivery = settled ?? (await deliver(sending, { row, known: passed }, context.signal));
  await sending.settleTogether(row.incident_id, (tx) => settle(sending, tx, row, { context, delivery }));
}

/** A page that went out in a summary has only its incident to tell. */
function settledBefore({ summary_id: summaryId, receipt }: MessageRow): Delivery | null {
  return summaryId === null || receipt === null ? null : { outcome: 'delivered', receipt };
}

/**
 * What was let through once is not held again: it may be out already. The inbox holds any number of pages. Answers what was read of the
 * incident on the way, null when nothing was.
 */
async function letThrough(
  { db, summarises, admitTogether }: Sending,
  row: MessageRow,
  context: RowContext,
): Promise<AnswerFacts | 'held' | null> {
  if (!summarises || row.admitted_at !== null || row.channel === 'inbox') return null;
  const facts = await admitTogether(targetOf(row), (tx) => admitAtOnce(tx, row, context));
  if (facts !== null) return facts;
  const verdict = await db.transact((tx) => admitOrHold(tx, row, context));
  return verdict === 'held' ? 'held' : null;
}

async function deliver(
  sending: Sending,
  { row, known }: { readonly row: MessageRow; readonly known: AnswerFacts | null },
  signal: AbortSignal,
): Promise<Delivery> {
  return attempt(sending, { row, message: await pageMessage(sending, row, known) }, signal);
}

async function skip(
  { db, incidents }: Sending,
  row: MessageRow,
  { context, needless }: { readonly context: RowContext; readonly needless: string },
): Promise<void> {
  await db.transact(async (tx) => {
    const page = { pageId: row.page_id, channel: channelOf(row) };
    const text = `not sent: ${needless}`;
    await tellIncident(incidents, tx, row, { kind: 'page-receipt', ...page, text, skipped: true });
    await context.update(tx, `state = 'skipped', last_error = $3`, [needless]);
  });
}

async function settle(
  sending: Sending,
  tx: Transaction,
  row: MessageRow,
  { context, delivery }: { readonly context: RowContext; readonly delivery: Delivery },
): Promise<void> {
  if (delivery.outcome === 'failed') {
    await settleFailure(sending, tx, row, { context, delivery });
    return;
  }
  if (row.summary_id !== null) {
    await settleInSummary(sending, tx, row, context);
    return;
  }
  const told = { pageId: row.page_id, channel: channelOf(row), detail: delivery.receipt };
  await Promise.all([
    tellIncident(sending.incidents, tx, row, { kind: 'page-delivered', ...told }),
    context.update(tx, `state = 'sent', sent_at = clock_timestamp(), receipt = $3, last_error = null`, [
      delivery.receipt,
    ]),
  ]);
}

/** Said to the incident; the person's next way is tried at once, and this one again later unless the refusal was for good. */
async function settleFailure(
  { incidents, providers }: Sending,
  tx: Transaction,
  row: MessageRow,
  { context, delivery }: { readonly context: RowContext; readonly delivery: FailedDelivery },
): Promise<void> {
  const { reason } = delivery;
  const final = delivery.permanent || (await isOver(tx, row.incident_id));
  const told = { pageId: row.page_id, channel: channelOf(row), detail: reason, final };
  await tellIncident(incidents, tx, row, { kind: 'page-failed', ...told });
  await tryNextWay(tx, row.page_id);
  if (final) {
    await context.update(tx, `state = 'failed', last_error = $3`, [reason]);
    return;
  }
  const waitMs = restMs(row.attempts, delivery.retryAfterMs, providers.count(row.channel));
  await context.update(tx, ...againLater(delivery, waitMs));
}

/** A page for an incident that is closed is not tried for ever. */
async function isOver(tx: Transaction, incidentId: string): Promise<boolean> {
  const { rows } = await tx.query<{ status: string }>('select status from incidents where id = $1', [
    incidentId,
  ]);
  return rows[0]?.status === 'resolved';
}
