import type { EpochMs } from '#facts';
import type { Queryable } from '#platform';
import type { Span } from './uptime.ts';

export interface StoredMinute {
  readonly function: string;
  readonly minute: EpochMs;
  readonly good: number;
  readonly bad: number;
  readonly maintenance: boolean;
}

/** What the probes of every function said in the minutes that begin in the span. */
export async function readMinutes(
  db: Queryable,
  serviceId: string,
  { from, to }: Span,
): Promise<readonly StoredMinute[]> {
  const { rows } = await db.query<StoredMinute & Record<string, unknown>>(
    `select function, minute, good, bad, maintenance from probe_minutes
     where service_id = $1 and minute >= $2 and minute < $3`,
    [serviceId, new Date(from), new Date(to)],
  );
  return rows;
}
