import type { Queryable } from '#platform';

/** Incidents that paged this person and wait for an answer, the newest first: as the core's `waitsForAnswer`. */
export async function waitingIncidents(
  db: Queryable,
  person: string,
): Promise<readonly { readonly id: string; readonly number: number }[]> {
  const { rows } = await db.query<{ id: string; number: number }>(
    `select i.id, i.number from incidents i
     where i.status <> 'resolved' and (i.snapshot->>'acknowledgedAt' is null
         or jsonb_path_exists(i.snapshot, '$.pages[*] ? (@.acknowledgedAt == null)'))
       and exists (select 1 from messages m where m.incident_id = i.id and m.person = $1)
     order by i.number desc`,
    [person],
  );
  return rows;
}

/** Incidents that paged this person and still call people, the newest first. */
export async function openIncidents(
  db: Queryable,
  person: string,
): Promise<readonly { readonly number: number }[]> {
  const { rows } = await db.query<{ number: number }>(
    `select i.number from incidents i where i.status = 'open'
       and exists (select 1 from messages m where m.incident_id = i.id and m.person = $1)
     order by i.number desc`,
    [person],
  );
  return rows;
}

/** Whether this person was ever paged about the incident. */
export async function wasPaged(db: Queryable, person: string, incidentId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'select 1 from messages where incident_id = $1 and person = $2 limit 1',
    [incidentId, person],
  );
  return rowCount > 0;
}
