import type { Transaction } from '#platform';
import type { EpochMs } from '#facts';
import type { Incident } from '../core/incident.ts';

/** Inserts a new incident's row. A second one of a service that detection would follow violates `incidents_one_open`. */
export async function insertSnapshot(tx: Transaction, incident: Incident, at: EpochMs): Promise<void> {
  await tx.query(
    `insert into incidents (id, number, service_id, status, plan_hash, snapshot, revision, updated_at, detached)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      incident.id,
      incident.number,
      incident.serviceId,
      incident.status,
      incident.planHash,
      JSON.stringify(incident),
      incident.revision,
      new Date(at),
      incident.detached,
    ],
  );
}

/** Saves the folded state of a locked incident. */
export async function updateSnapshot(
  tx: Transaction,
  incident: Incident,
  at: EpochMs,
  previousRevision: number,
): Promise<void> {
  const { rowCount } = await tx.query(
    `update incidents set status = $2, snapshot = $3, revision = $4, updated_at = $5, detached = $7
     where id = $1 and revision = $6`,
    [
      incident.id,
      incident.status,
      JSON.stringify(incident),
      incident.revision,
      new Date(at),
      previousRevision,
      incident.detached,
    ],
  );
  if (rowCount !== 1)
    throw new Error(`incident ${incident.id}: revision ${previousRevision} was expected in its row`);
}
