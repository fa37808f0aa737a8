import type { RowContext, Transaction } from '#platform';
import type { Sending } from '../attempt.ts';
import { channelOf, type MessageRow } from '../message-row.ts';
import { tellIncident } from '../tell-incident.ts';

/** What has become of the summary by now, as it stands on the row of a page in it. */
interface Fate extends Record<string, unknown> {
  readonly receipt: string;
  /** What the provider told since. */
  readonly told: string | null;
  /** Why it did not arrive, until the incident has heard of it. */
  readonly last_error: string | null;
  readonly sent_at: number | null;
}

/**
 * A page that went out in a summary tells its incident what has become of it: once that it is out, and again whenever the provider has
 * told more. What is told while this runs waits for the row, and queues it again.
 */
export async function settleInSummary(
  { incidents }: Pick<Sending, 'incidents'>,
  tx: Transaction,
  row: MessageRow,
  context: Pick<RowContext, 'update'>,
): Promise<void> {
  const { rows } = await tx.query<Fate>(
    'select receipt, told, last_error, sent_at from messages where id = $1 for update',
    [row.id],
  );
  const [fate] = rows;
  if (fate === undefined) return;
  const page = { pageId: row.page_id, channel: channelOf(row) };
  const { receipt, told, last_error: failure } = fate;
  if (fate.sent_at === null)
    await tellIncident(incidents, tx, row, { kind: 'page-delivered', ...page, detail: receipt });
  if (told !== null) await tellIncident(incidents, tx, row, { kind: 'page-receipt', ...page, text: told });
  if (failure !== null) {
    const lost = { detail: failure, final: true, afterwards: true };
    await tellIncident(incidents, tx, row, { kind: 'page-failed', ...page, ...lost });
  }
  const set = `state = 'sent', sent_at = coalesce(sent_at, clock_timestamp()), last_error = null`;
  await context.update(tx, set, []);
}
