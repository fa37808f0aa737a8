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

const locked = (where: string): string => `
  with locked as materialized (
    select id, snapshot, plan_hash, updated_at from incidents where ${where} for update)
  select locked.snapshot as incident, locked.plan_hash as "planHash", locked.updated_at as "lastEventAt",
    (select hash from incident_events where incident_id = locked.id order by seq desc limit 1) as "lastHash",
    clock_timestamp() as now, ${handsOffNow} as "handsOff"
  from locked`;

/** Locks one incident by id; null when there is none. */
export async function lockIncident(tx: Transaction, id: string): Promise<Locked | null> {
  const { rows } = await tx.query<Locked & Record<string, unknown>>(locked('id = $1'), [id]);
  return rows[0] ?? null;
}

/** Locks the service's incident that detection follows; null when there is none. */
export async function lockOpenIncident(tx: Transaction, serviceId: string): Promise<Locked | null> {
  const { rows } = await tx.query<Locked & Record<string, unknown>>(
    locked(`service_id = $1 and status in ('open', 'mitigated', 'verified') and not detached`),
    [serviceId],
  );
  return rows[0] ?? null;
}
