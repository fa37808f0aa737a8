import type { Database, Queryable } from '#platform';

/** A step that wants to change something. */
interface Claimant {
  readonly incidentId: string;
  readonly stepId: string;
}

/** Who changes it now. */
interface Holder {
  readonly target: string;
  readonly incidentId: string;
  readonly stepId: string;
  readonly number: number;
}

/**
 * Takes every target for one step, or none of them: then who holds one of them, in words. What a step holds whose job is done is free.
 * Asking again for the same step is no conflict.
 */
export async function claimTargets(
  db: Database,
  targets: readonly string[],
  { incidentId, stepId }: Claimant,
): Promise<string | null> {
  return db.transact(async (tx) => {
    await tx.query(
      `delete from changes_under_way c where not exists (
         select 1 from jobs j where j.kind = 'run-step' and j.incident_id = c.incident_id
           and j.payload ->> 'stepId' = c.step_id and j.state in ('queued', 'running'))`,
    );
    // In order, so that two that want the same never wait for each other.
    await tx.query(
      `insert into changes_under_way (target, incident_id, step_id)
       select target, $2, $3 from unnest($1::text[]) as target order by target
       on conflict (target) do nothing`,
      [targets, incidentId, stepId],
    );
    const { rows } = await tx.query<Holder & Record<string, unknown>>(
      `select target, incident_id as "incidentId", step_id as "stepId", number
       from changes_under_way c join incidents i on i.id = c.incident_id where target = any ($1) order by target`,
      [targets],
    );
    const other = rows.find((one) => one.incidentId !== incidentId || one.stepId !== stepId);
    if (other === undefined) return null;
    await releaseTargets(tx, { incidentId, stepId });
    return `one change at a time: step "${other.stepId}" of incident #${other.number} is under way on ${other.target}`;
  });
}

/** Frees what the step holds. */
export async function releaseTargets(db: Queryable, { incidentId, stepId }: Claimant): Promise<void> {
  await db.query('delete from changes_under_way where incident_id = $1 and step_id = $2', [
    incidentId,
    stepId,
  ]);
}
