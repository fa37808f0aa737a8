import type { EpochMs } from '#facts';
import { newId, type Queryable, type Transaction } from '#platform';
import type { Finding } from '../readiness/decide-readiness.ts';

/** A look that was had: when, what was found and whom it was told. */
export interface ReadinessCheck {
  readonly at: EpochMs;
  readonly findings: readonly Finding[];
  readonly told: string | null;
}

/** One look waits a service; when it is due is set anew, unless somebody is at it. */
export async function scheduleCheck(tx: Transaction, serviceId: string, at: EpochMs): Promise<void> {
  await tx.query(
    `insert into readiness_checks (id, service_id, due_at) values ($1, $2, $3)
     on conflict (service_id) where done_at is null do update set due_at = excluded.due_at
     where readiness_checks.lease_until is null and readiness_checks.due_at > clock_timestamp()`,
    [newId('rdy'), serviceId, new Date(at)],
  );
  tx.notify('readiness', serviceId);
}

/** The look that was had last; null before the first. */
export async function readLastCheck(db: Queryable, serviceId: string): Promise<ReadinessCheck | null> {
  const { rows } = await db.query<ReadinessCheck & Record<string, unknown>>(
    `select done_at as at, findings, told from readiness_checks
     where service_id = $1 and done_at is not null order by done_at desc limit 1`,
    [serviceId],
  );
  return rows[0] ?? null;
}
