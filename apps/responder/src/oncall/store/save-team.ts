import type { TeamDocument } from '@tocsin/contract';
import type { Transaction } from '#platform';
import type { NamedActor } from '../on-call-actor.ts';

/** One at a time changes a service's team, whichever responder it is: held until the transaction ends. */
export async function lockTeam(tx: Transaction, serviceId: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`team:${serviceId}`]);
}

/** Writes a version of the team, and tells every responder after the commit. */
export async function saveTeam(
  tx: Transaction,
  serviceId: string,
  entry: {
    readonly version: number;
    readonly document: TeamDocument;
    readonly changes: readonly string[];
    readonly by: NamedActor;
  },
): Promise<void> {
  await tx.query(
    `insert into team_versions (service_id, version, team, changes, taken_at, taken_by)
     values ($1, $2, $3, $4, clock_timestamp(), $5)`,
    [
      serviceId,
      entry.version,
      JSON.stringify(entry.document),
      JSON.stringify(entry.changes),
      JSON.stringify(entry.by),
    ],
  );
  tx.notify('team', serviceId);
}
