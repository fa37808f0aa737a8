import type { Transaction } from '#platform';
import type { Timer } from '../core/input.ts';

/** Stores a timer; the same one twice is one, and one that has struck already strikes again. */
export async function setTimer(tx: Transaction, incidentId: string, timer: Timer): Promise<void> {
  await tx.query(
    `insert into timers (incident_id, kind, key, due_at) values ($1, $2, $3, $4)
     on conflict (incident_id, kind, key, due_at) do update set done_at = null where timers.done_at is not null`,
    [incidentId, timer.kind, timer.key, new Date(timer.dueAt)],
  );
  await tx.notify('timers', incidentId);
}
