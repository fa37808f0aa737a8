import type { Transaction } from '#platform';
import type { IncidentEvent } from '../core/event.ts';
import { chainHash } from './event-chain.ts';

/** Appends to the log; a sequence number that is taken already fails the transaction. Returns the newest hash. */
export async function appendEvents(
  tx: Transaction,
  incidentId: string,
  lastHash: string,
  events: readonly IncidentEvent[],
): Promise<string> {
  let hash = lastHash;
  const rows = events.map((event) => {
    hash = chainHash(hash, event);
    return { ...event, at: new Date(event.at).toISOString(), hash };
  });
  await tx.query(
    `insert into incident_events (incident_id, seq, at, actor, because, body, hash)
     select $1, seq, at, actor, because, body, hash
     from jsonb_to_recordset($2::jsonb)
       as row (seq bigint, at timestamptz, actor jsonb, because text, body jsonb, hash text)
     order by seq`,
    [incidentId, JSON.stringify(rows)],
  );
  return hash;
}
