import type { Command } from '#incidents';
import type { Transaction } from '#platform';

export type ExternalCommand = Extract<Command, { kind: 'mail-external' }>;

/** Stores the message to somebody outside: one, by e-mail; its incident hears what became of it. */
export async function enqueueExternal(
  tx: Transaction,
  incidentId: string,
  { callId, address, subject, text }: ExternalCommand,
): Promise<void> {
  await tx.query(
    `insert into notices
       (id, person, channel, address, subject, body, state, due_at, created_at, incident_id, external_call)
     values ($1, $2, 'email', $3, $4, $5, 'queued', clock_timestamp(), clock_timestamp(), $6, $7)
     on conflict (id) do nothing`,
    [`${incidentId}-external-${callId}`, `external:${callId}`, address, subject, text, incidentId, callId],
  );
  tx.notify('notices', incidentId);
}
