import type { EpochMs } from '#facts';
import type { Queryable } from '#platform';

/** What kept what back, from when to when it was seen last. */
export interface SuppressionRecord {
  readonly kind: string;
  /** Id of the silence, fingerprint of the inhibiting alert, or name of the maintenance window. */
  readonly by: string;
  /** Fingerprint of an alert, or `incident`. */
  readonly subject: string;
  /** Name of the alert, or the reason of the incident that was not opened. */
  readonly text: string;
  readonly firstAt: EpochMs;
  readonly lastAt: EpochMs;
}

/** Puts them on record. */
export async function recordSuppressions(
  db: Queryable,
  serviceId: string,
  records: readonly Pick<SuppressionRecord, 'kind' | 'by' | 'subject' | 'text'>[],
): Promise<void> {
  await db.query(
    `insert into suppressions as s (service_id, kind, by, subject, text, first_at, last_at)
     select $1, kind, by, subject, text, clock_timestamp(), clock_timestamp()
     from json_to_recordset($2::json) as r (kind text, by text, subject text, text text)
     on conflict (service_id, kind, by, subject) do update set last_at = excluded.last_at, text = excluded.text`,
    [serviceId, JSON.stringify(records)],
  );
}

/** Newest first. */
export async function readSuppressions(
  db: Queryable,
  serviceId: string,
  limit: number,
): Promise<readonly SuppressionRecord[]> {
  const { rows } = await db.query<SuppressionRecord>(
    `select kind, by, subject, text, first_at as "firstAt", last_at as "lastAt" from suppressions
     where service_id = $1 order by last_at desc limit $2`,
    [serviceId, limit],
  );
  return rows;
}
