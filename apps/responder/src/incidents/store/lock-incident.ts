import type { Transaction } from '#platform';
import type { EpochMs } from '#facts';
import type { HandsOff, Incident } from '../core/incident.ts';
import { handsOffNow } from './hands-off.ts';

/** A locked incident, and the database's clock read after the lock was waited for. */
export interface Locked {
  readonly incident: Incident;
  readonly planHash: string;
  readonly lastEventAt: EpochMs;
  readonly lastHash: string;
  readonly now: EpochMs;
  /** The switch that stops every change on every incident. */
  readonly handsOff: HandsOff | null;
}

const lockedColumns = `locked.snapshot as incident, locked.plan_hash as "planHash", locked.updated_at as "lastEventAt",
  (select hash from incident_events where incident_id = locked.id order by seq desc limit 1) as "lastHash",
  clock_timestamp() as now, ${handsOffNow} as "handsOff"`;

/** Locks one incident by id; null when there is none. */
export async function lockIncident(tx: Transaction, id: string): Promise<Locked | null> {
  const { rows } = await tx.query<Locked & Record<string, unknown>>(
    `with locked as materialized (
       select id, snapshot, plan_hash, updated_at from incidents where id = $1 for update)
     select ${lockedColumns} from locked`,
    [id],
  );
  return rows[0] ?? null;
}

/** The service's incident that detection follows, locked; or the number and the time for one that may open. */
export type OpenOrNew =
  | { readonly locked: Locked }
  | { readonly locked: null; readonly now: EpochMs; readonly number: number | null };

/** Locks the service's incident that detection follows. Where there is none, a number is spent when `mayOpen`. */
export async function lockOpenIncident(
  tx: Transaction,
  serviceId: string,
  mayOpen: boolean,
): Promise<OpenOrNew> {
  const { rows } = await tx.query<Locked & { incident: Incident | null; number: number | null }>(
    `with locked as materialized (
       select id, snapshot, plan_hash, updated_at from incidents
       where service_id = $1 and status in ('open', 'mitigated', 'verified') and not detached for update)
     select ${lockedColumns},
       case when locked.id is null and $2::boolean then nextval('incident_number') end as number
     from (select 1 as one) as asked left join locked on true`,
    [serviceId, mayOpen],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`no answer about the open incident of ${serviceId}`);
  const { number, ...found } = row;
  return found.incident === null ? { locked: null, now: found.now, number } : { locked: found };
}
