import type { Queryable, RowContext, Transaction } from '#platform';
import type { MessageRow } from '../message-row.ts';

/**
 * How long an address rests after its messages in short order: 5 s, 15 s, then 30 s each; after a minute without one it has rested.
 * The first message never waits.
 */
export const restSeconds = '(array[5, 15, 30])[least(p.streak, 3)]';
export const restedAfterSeconds = 60;

/** Whether a page may go out now. If not, it joins the summary that gathers for its address, in this transaction. */
export async function admitOrHold(
  tx: Transaction,
  row: MessageRow,
  context: Pick<RowContext, 'update'>,
): Promise<'admitted' | 'held'> {
  const target = targetOf(row);
  const admitted = await tx.query(
    `insert into message_pace as p (target, sent_at, streak) values ($1, clock_timestamp(), 1)
     on conflict (target) do update set sent_at = clock_timestamp(),
       streak = case when p.sent_at < clock_timestamp() - $2 * interval '1 second' then 1 else p.streak + 1 end
     where p.sent_at + ${restSeconds} * interval '1 second' <= clock_timestamp()
       -- Nothing overtakes a summary that gathers or is on its way.
       and not exists (select 1 from messages where person = $3 and channel = $4 and address = $5
         and kind = 'summary' and state in ('queued', 'sending'))
     returning streak`,
    [target, restedAfterSeconds, row.person, row.channel, row.address],
  );
  if (admitted.rowCount > 0) {
    await context.update(tx, 'admitted_at = clock_timestamp()', [], { keepLease: true });
    return 'admitted';
  }
  const summaryId = await gatheringSummary(tx, row, target);
  await context.update(tx, `state = 'held', attempts = 0, summary_id = $3`, [summaryId]);
  await holdOthersToo(tx, row, summaryId);
  return 'held';
}

/** Of many pages at once each that waits for its first attempt at the address goes the same way now, not one after the other: one summary has them all. */
async function holdOthersToo(tx: Transaction, row: MessageRow, summaryId: string): Promise<void> {
  await tx.query(
    `update messages set state = 'held', summary_id = $1 where id in (
       select id from messages where person = $2 and channel = $3 and address = $4 and kind = 'page'
         and state = 'queued' and due_at <= clock_timestamp()
         and attempts = 0 and after_ms = 0 and admitted_at is null and summary_id is null
       order by id for update skip locked)`,
    [summaryId, row.person, row.channel, row.address],
  );
}

/** A summary is a message to its address like any other: what comes after it rests. */
export async function notePace(tx: Queryable, row: MessageRow): Promise<void> {
  await tx.query(
    'update message_pace set sent_at = clock_timestamp(), streak = streak + 1 where target = $1',
    [targetOf(row)],
  );
}

/** The address of a person that pages rest for. */
export function targetOf({ person, channel, address }: MessageRow): string {
  return `${person} ${channel} ${address}`;
}

/** The summary of the address that has not begun to go out; locked, so that it cannot begin without us. */
async function gatheringSummary(tx: Transaction, row: MessageRow, target: string): Promise<string> {
  await tx.query(
    `insert into messages (id, kind, incident_id, page_id, person, channel, address, subject, body, due_at, created_at)
     select 'summary-' || $1::text, 'summary', $2, '', $3, $4, $5, '', '',
       p.sent_at + ${restSeconds} * interval '1 second', clock_timestamp()
     from message_pace p where p.target = $6
     on conflict do nothing`,
    [row.id, row.incident_id, row.person, row.channel, row.address, target],
  );
  const { rows } = await tx.query<{ id: string }>(
    `select id from messages where person = $1 and channel = $2 and address = $3
       and kind = 'summary' and state = 'queued' and attempts = 0 for update`,
    [row.person, row.channel, row.address],
  );
  // It began to go out between the two statements: this page is looked at again.
  if (rows[0] === undefined) throw new Error(`${row.id}: the summary that gathered has just gone out`);
  return rows[0].id;
}
