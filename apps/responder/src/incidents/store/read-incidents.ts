import type { Queryable } from '#platform';
import type { IncidentEvent } from '../core/event.ts';
import type { Incident, IncidentStatus } from '../core/incident.ts';

/** By id, or by number as people say it (`12`, `#12`); null when there is none. */
export async function readIncident(db: Queryable, idOrNumber: string): Promise<Incident | null> {
  const number = /^#?(\d{1,15})$/.exec(idOrNumber)?.[1] ?? null;
  const { rows } = await db.query<{ snapshot: Incident }>(
    'select snapshot from incidents where id = $1 or number = $2',
    [idOrNumber, number],
  );
  return rows[0]?.snapshot ?? null;
}

export async function readOpenIncident(db: Queryable, serviceId: string): Promise<Incident | null> {
  const { rows } = await db.query<{ snapshot: Incident }>(
    `select snapshot from incidents where service_id = $1 and status in ('open', 'mitigated', 'verified')
       and not detached`,
    [serviceId],
  );
  return rows[0]?.snapshot ?? null;
}

/** Newest first. */
export async function listIncidents(
  db: Queryable,
  filter: { readonly status?: IncidentStatus; readonly limit?: number } = {},
): Promise<readonly Incident[]> {
  const { rows } = await db.query<{ snapshot: Incident }>(
    `select snapshot from incidents where $1::text is null or status = $1 order by number desc limit $2`,
    [filter.status ?? null, filter.limit ?? 100],
  );
  return rows.map((row) => row.snapshot);
}

/** The log from `sinceSeq` on, oldest first, each event with its link of the hash chain. */
export async function readEvents(
  db: Queryable,
  incidentId: string,
  sinceSeq = 0,
): Promise<readonly StoredEvent[]> {
  const { rows } = await db.query<StoredEvent & Record<string, unknown>>(
    `select seq, at, actor, because, body, hash from incident_events
     where incident_id = $1 and seq >= $2 order by seq`,
    [incidentId, sinceSeq],
  );
  return rows;
}

export interface StoredEvent extends IncidentEvent {
  readonly hash: string;
}
