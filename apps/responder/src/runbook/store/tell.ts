import type { Actor } from '#incidents';
import type { Transaction } from '#platform';

/** What happened to a version, as the audit log names it. */
export type RunbookEvent = 'offered' | 'refused' | 'withdrawn' | 'taken';

export interface Telling {
  readonly serviceId: string;
  readonly hash: string;
  readonly actor: Actor;
  readonly event: RunbookEvent;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Writes it into the audit log, in the transaction of the change, and tells every responder after the commit. */
export async function tell(
  tx: Transaction,
  { serviceId, hash, actor, event, detail }: Telling,
): Promise<void> {
  await tx.query(
    `insert into audit (at, actor, action, subject, detail) values (clock_timestamp(), $1, $2, $3, $4)`,
    [JSON.stringify(actor), `runbook:${event}`, `runbook/${hash}`, JSON.stringify({ serviceId, ...detail })],
  );
  tx.notify('runbook', serviceId);
}
