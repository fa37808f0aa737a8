import type { Queryable } from '#platform';

/** One at a time decides about a service's runbook, whichever responder it is: held until the transaction ends. */
export async function lockRunbook(tx: Queryable, serviceId: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`runbook:${serviceId}`]);
}
