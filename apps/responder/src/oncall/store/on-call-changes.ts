import { newId, type Queryable, type Transaction } from '#platform';
import type { NamedActor } from '../on-call-actor.ts';
import type { ChangeDraft, OnCallChange } from '../team/on-call-change.ts';

/** Overrides and absences that have not been over for more than 30 days, oldest first. */
export async function readChanges(db: Queryable, serviceId: string): Promise<readonly OnCallChange[]> {
  const { rows } = await db.query<OnCallChange & Record<string, unknown>>(
    `select id, kind, schedule, layer, person, starts_at as "from", ends_at as "to", note,
       created_at as "createdAt", created_by as "createdBy", ended_at as "endedAt"
     from on_call_changes
     where service_id = $1 and ends_at > clock_timestamp() - interval '30 days' order by created_at, id`,
    [serviceId],
  );
  return rows;
}

/** Writes one, and tells every responder after the commit. */
export async function insertChange(
  tx: Transaction,
  serviceId: string,
  draft: ChangeDraft,
  by: NamedActor,
): Promise<string> {
  const id = newId('occ');
  await tx.query(
    `insert into on_call_changes
       (id, service_id, kind, schedule, layer, person, starts_at, ends_at, note, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, clock_timestamp(), $10)`,
    [
      id,
      serviceId,
      draft.kind,
      draft.schedule,
      draft.layer,
      draft.person,
      new Date(draft.from),
      new Date(draft.to),
      draft.note,
      JSON.stringify(by),
    ],
  );
  tx.notify('team', serviceId);
  return id;
}

/** Takes one back; false when there is none that counts. */
export async function endChange(
  tx: Transaction,
  serviceId: string,
  id: string,
  by: NamedActor,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update on_call_changes set ended_at = clock_timestamp(), ended_by = $3
     where service_id = $1 and id = $2 and ended_at is null`,
    [serviceId, id, JSON.stringify(by)],
  );
  tx.notify('team', serviceId);
  return rowCount > 0;
}
