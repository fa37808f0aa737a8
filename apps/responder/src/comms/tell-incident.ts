import type { Actor, Incidents } from '#incidents';
import { AppError, type Transaction } from '#platform';
import type { MessageRow } from './message-row.ts';

const messenger: Actor = { kind: 'system', id: 'comms' };

/** Tells the message's incident what became of it, in the transaction that changes the row. */
export async function tellIncident(
  incidents: Incidents,
  tx: Transaction,
  row: Pick<MessageRow, 'incident_id'>,
  body: Parameters<Incidents['applyIn']>[2],
): Promise<void> {
  try {
    await incidents.applyIn(tx, row.incident_id, body, messenger);
  } catch (error) {
    // A page the incident does not know: its outcome is on the row. A defect is thrown on.
    if (!(error instanceof AppError)) throw error;
  }
}
