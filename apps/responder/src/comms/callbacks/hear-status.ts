import type { Transaction } from '#platform';
import { channelOf, type MessageRow } from '../message-row.ts';
import { tryNextWay, tryNextWays } from '../next-way.ts';
import { tellIncident } from '../tell-incident.ts';
import type { CallbackRoom } from './callback-room.ts';
import type { TwilioForm } from './hear-twilio.ts';
import { done, type ProviderAnswer } from './provider-request.ts';
import { addReceipt, readStatus, type Status } from './read-status.ts';

/** How far a message or call has come: onto the timeline; one that will not arrive lets the next way or person be tried. */
export async function hearStatus(
  room: CallbackRoom,
  { form, messageId, now }: TwilioForm,
): Promise<ProviderAnswer> {
  const status = readStatus(form, now);
  if (status !== null) await room.db.transact((tx) => record(room, tx, { messageId, status }));
  return done;
}

interface Told {
  readonly messageId: string;
  readonly status: Status;
}

async function record(room: CallbackRoom, tx: Transaction, { messageId, status }: Told): Promise<void> {
  const { rows } = await tx.query<MessageRow & { told: string | null } & Record<string, unknown>>(
    'select * from messages where id = $1 and incident_id is not null for update',
    [messageId],
  );
  const [row] = rows;
  if (row === undefined) return;
  const told = addReceipt(row.told, status.text);
  if (told === row.told) return;
  await tx.query('update messages set told = $2 where id = $1', [messageId, told]);
  if (row.kind === 'summary') await recordOnPages(tx, { summaryId: row.id, told, status });
  else await recordOnPage(room, tx, { row, told, status });
}

/** Each page in it tells its own incident, one by one: what has done so already does it again. */
async function recordOnPages(
  tx: Transaction,
  { summaryId, told, status }: { readonly summaryId: string; readonly told: string; readonly status: Status },
): Promise<void> {
  await tx.query(
    `update messages set told = $2, last_error = coalesce($3, last_error),
       due_at = case when state = 'sent' then clock_timestamp() else due_at end,
       state = case when state = 'sent' then 'queued' else state end
     where summary_id = $1`,
    [summaryId, told, status.over ? status.text : null],
  );
  if (status.over || status.unanswered) await tryNextWays(tx, summaryId);
  tx.tell('messages', summaryId);
}

async function recordOnPage(
  room: CallbackRoom,
  tx: Transaction,
  { row, told, status }: { readonly row: MessageRow; readonly told: string; readonly status: Status },
): Promise<void> {
  const page = { pageId: row.page_id, channel: channelOf(row) };
  await tellIncident(room.incidents, tx, row, { kind: 'page-receipt', ...page, text: told });
  if (status.over || status.unanswered) await tryNextWay(tx, row.page_id);
  if (status.over)
    await tellIncident(room.incidents, tx, row, {
      kind: 'page-failed',
      ...page,
      detail: status.text,
      final: true,
      afterwards: true,
    });
}
