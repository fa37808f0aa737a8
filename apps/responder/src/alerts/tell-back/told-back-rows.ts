import type { AlertFact, EpochMs } from '#facts';
import type { Queryable, Transaction } from '#platform';
import type { Labels } from '../incoming.ts';

/** A row of `told_back`. */
export interface ToldBackRow {
  readonly id: string;
  readonly incident_id: string;
  readonly sender: string;
  readonly name: string;
  readonly labels: Labels;
  readonly said_by: string;
  readonly said: string;
  readonly state: 'queued' | 'ending';
  readonly silence_id: string | null;
  readonly attempts: number;
}

export const toldBackChannel = 'told_back';

/** Who has taken which incident, and what is said about it where the alert came from. */
export interface Taken {
  readonly incidentId: string;
  readonly by: string;
  readonly at: EpochMs;
  readonly said: string;
}

/** Stores what is to be told, one row an alert; the same alert of the same incident twice is one. */
export async function insertToldBack(
  tx: Transaction,
  serviceId: string,
  { incidentId, by, said }: Taken,
  alerts: readonly AlertFact[],
): Promise<void> {
  for (const { fingerprint, source, name, labels } of alerts)
    await tx.query(
      `insert into told_back (id, service_id, incident_id, sender, name, labels, said_by, said, due_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp()) on conflict (id) do nothing`,
      [`${incidentId}-${fingerprint}`, serviceId, incidentId, source, name, JSON.stringify(labels), by, said],
    );
  tx.notify(toldBackChannel, serviceId);
}

/** The incident is over: what was told is to be taken back, and what was not is not needed any more. */
export async function endToldBack(tx: Transaction, incidentId: string): Promise<void> {
  await tx.query(
    `update told_back set due_at = clock_timestamp(), attempts = 0, last_error = null,
       state = case when silence_id is null and lease_until is null and attempts = 0 then 'ended' else 'ending' end
     where incident_id = $1 and state in ('queued', 'told')`,
    [incidentId],
  );
  tx.notify(toldBackChannel, incidentId);
}

/** Incidents whose senders have been told, or are to be. */
export async function readToldIncidents(db: Queryable, serviceId: string): Promise<readonly string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select distinct incident_id as id from told_back where service_id = $1 and state in ('queued', 'told')`,
    [serviceId],
  );
  return rows.map((one) => one.id);
}
