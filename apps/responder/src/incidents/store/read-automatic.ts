import type { EpochMs } from '#facts';
import type { Transaction } from '#platform';
import type { AutomaticApproval } from '../core/input.ts';

/** Any fixed number: two incidents that ask at once count each other. */
const advisoryLock = 7_433_002;
const hourMs = 3_600_000;

/** What the team's policy approved within the hour before `at`, on any incident; whoever asks next waits for this transaction. */
export async function readAutomatic(tx: Transaction, at: EpochMs): Promise<readonly AutomaticApproval[]> {
  await tx.query('select pg_advisory_xact_lock($1)', [advisoryLock]);
  const { rows } = await tx.query<AutomaticApproval & Record<string, unknown>>(
    `select body->'automatic'->>'actionId' as "actionId", at from incident_events
     where body ? 'automatic' and at > to_timestamp($1 / 1000.0)
     order by at`,
    [at - hourMs],
  );
  return rows;
}
