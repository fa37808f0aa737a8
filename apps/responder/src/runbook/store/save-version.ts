import type { Change } from '@tocsin/runbook';
import type { Actor } from '#incidents';
import type { Queryable, Transaction } from '#platform';

/** A version as it is written beside the one in use, or in its place. */
export interface VersionEntry {
  readonly serviceId: string;
  readonly hash: string;
  readonly because: string;
  readonly comparedWith: string | null;
  readonly changes: readonly Change[];
}

/** Lets a version stand beside the one in use; what stood there is past. */
export async function standBeside(
  tx: Transaction,
  status: 'offered' | 'refused',
  entry: VersionEntry,
): Promise<void> {
  await withdrawStanding(tx, entry.serviceId);
  await tx.query(
    `insert into runbook_versions (service_id, hash, status, because, compared_with, changes, seen_at)
     values ($1, $2, $3, $4, $5, $6, clock_timestamp())
     on conflict (service_id, hash) do update set status = excluded.status, because = excluded.because,
       compared_with = excluded.compared_with, changes = excluded.changes, seen_at = excluded.seen_at,
       taken_at = null, taken_by = null`,
    [entry.serviceId, entry.hash, status, ...detailsOf(entry)],
  );
}

/** What stands beside the version in use is past: the file does not hold it any more. */
export async function withdrawStanding(tx: Queryable, serviceId: string): Promise<void> {
  await tx.query(
    `update runbook_versions set status = 'superseded' where service_id = $1 and status in ('offered', 'refused')`,
    [serviceId],
  );
}

/** Puts a version in use in the place of the one that was; nothing stands beside it then. */
export async function putInUse(tx: Transaction, entry: VersionEntry, by: Actor): Promise<void> {
  await tx.query(
    `update runbook_versions set status = 'superseded' where service_id = $1 and status <> 'superseded'`,
    [entry.serviceId],
  );
  await tx.query(
    `insert into runbook_versions
       (service_id, hash, status, because, compared_with, changes, seen_at, taken_at, taken_by)
     values ($1, $2, 'in-use', $3, $4, $5, clock_timestamp(), clock_timestamp(), $6)
     on conflict (service_id, hash) do update set status = 'in-use', because = excluded.because,
       compared_with = excluded.compared_with, changes = excluded.changes,
       taken_at = excluded.taken_at, taken_by = excluded.taken_by`,
    [entry.serviceId, entry.hash, ...detailsOf(entry), JSON.stringify(by)],
  );
}

function detailsOf({ because, comparedWith, changes }: VersionEntry): readonly unknown[] {
  return [because, comparedWith, JSON.stringify(changes)];
}
