import type { EpochMs } from '#facts';
import type { Transaction } from '#platform';
import type { Timer } from '../core/input.ts';

/** Tells of stored timers: whose they are, and in how many milliseconds the first of them is due. */
export const timersChannel = 'timers';

export function dueInOf(payload: string): number {
  return Number(payload.split(' ')[1]);
}

/** Stores timers; the same one twice is one, and one that has struck already strikes again. */
export async function setTimers(
  tx: Transaction,
  incidentId: string,
  { timers, now }: { readonly timers: readonly Timer[]; readonly now: EpochMs },
): Promise<void> {
  if (timers.length === 0) return;
  const rows = new Map(
    timers.map(({ kind, key, dueAt }) => {
      const due_at = new Date(dueAt).toISOString();
      return [`${kind} ${due_at} ${key}`, { kind, key, due_at }];
    }),
  );
  await tx.query(
    `insert into timers (incident_id, kind, key, due_at)
     select $1, kind, key, due_at
     from jsonb_to_recordset($2::jsonb)
       as row (kind text, key text, due_at timestamptz)
     where true
     on conflict (incident_id, kind, key, due_at) do update set done_at = null where timers.done_at is not null`,
    [incidentId, JSON.stringify([...rows.values()])],
  );
  const firstMs = Math.min(...timers.map((one) => one.dueAt)) - now;
  tx.tell(timersChannel, `${incidentId} ${firstMs}`);
}
