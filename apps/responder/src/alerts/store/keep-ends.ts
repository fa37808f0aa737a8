import type { EpochMs } from '#facts';
import type { Queryable } from '#platform';

export interface EndToKeep {
  readonly fingerprint: string;
  readonly endsAt: EpochMs;
}

/** Writes ends that senders have promised since; a row that somebody has ended stays ended. */
export async function keepEnds(db: Queryable, serviceId: string, ends: readonly EndToKeep[]): Promise<void> {
  await db.query(
    `update alerts a set ends_at = greatest(a.ends_at, to_timestamp(e.ends))
     from unnest(string_to_array($2, E'\\n'), string_to_array($3, E'\\n')::float8[]) as e (fingerprint, ends)
     where a.service_id = $1 and a.fingerprint = e.fingerprint and a.active and a.ends_at > clock_timestamp()`,
    [
      serviceId,
      ends.map((one) => one.fingerprint).join('\n'),
      ends.map((one) => one.endsAt / 1000).join('\n'),
    ],
  );
}

/** Marks those of `fingerprints` that have ended. */
export async function markEnded(
  db: Queryable,
  serviceId: string,
  fingerprints: readonly string[],
): Promise<void> {
  await db.query(
    `update alerts set active = false where service_id = $1 and fingerprint = any(string_to_array($2, E'\\n')) and active
       and ends_at <= clock_timestamp() and coalesce(held_until <= clock_timestamp(), true)`,
    [serviceId, fingerprints.join('\n')],
  );
}

const keptDays = 30;
const keptProblems = 1000;

/** Forgets what ended long ago, and all but the newest of what could not be understood. */
export async function forgetOld(db: Queryable, serviceId: string): Promise<void> {
  await db.query(
    `delete from alerts where service_id = $1 and not active and ends_at < clock_timestamp() - $2 * interval '1 day'`,
    [serviceId, keptDays],
  );
  await db.query(
    `delete from intake_problems where service_id = $1 and id <= (select id from intake_problems where service_id = $1
       order by id desc offset $2 limit 1)`,
    [serviceId, keptProblems],
  );
}
