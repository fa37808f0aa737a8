import type { Command } from '#incidents';
import { personById, type Person } from '#oncall';
import type { Transaction } from '#platform';
import { planSending, type Turn } from './plan-sending.ts';

export type PageCommand = Extract<Command, { kind: 'page' }>;

/** Stores one message a contact method of the page's person, in the transaction that decided the page. */
export async function enqueuePage(
  tx: Transaction,
  incidentId: string,
  { page, subject, text }: PageCommand,
  about: { readonly people: readonly Person[]; readonly publicUrl: string | null },
): Promise<void> {
  const person = personById(about.people, page.person);
  if (person === null)
    throw new Error(`page ${page.id}: "${page.person}" is nobody in people; nobody can be reached`);
  const body = `${text}\n\n${howToAnswer(incidentId, about.publicUrl)}`;
  const turns = await turnsOf(tx, person, incidentId);
  for (const [index, { contact, afterMs }] of turns.entries())
    await tx.query(
      `insert into messages
         (id, incident_id, page_id, person, channel, address, subject, body, state, after_ms, due_at, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::int,
         clock_timestamp() + coalesce($10::int, 0) * interval '1 millisecond', clock_timestamp())`,
      [
        `${page.id}-${index + 1}`,
        incidentId,
        page.id,
        person.id,
        contact.channel,
        'address' in contact ? contact.address : '',
        subject,
        body,
        afterMs === null ? 'reserve' : 'queued',
        afterMs,
      ],
    );
  tx.tell('messages', page.id);
}

/** Only a person with rules makes us ask how severe it is. */
async function turnsOf(tx: Transaction, person: Person, incidentId: string): Promise<readonly Turn[]> {
  if (person.rules === undefined) return planSending(person, '');
  const { rows } = await tx.query<{ severity: string }>(
    `select snapshot->>'severity' as severity from incidents where id = $1`,
    [incidentId],
  );
  return planSending(person, rows[0]?.severity ?? '');
}

function howToAnswer(incidentId: string, publicUrl: string | null): string {
  const command = `tocsin incident ack ${incidentId}`;
  if (publicUrl === null) return `Acknowledge: ${command}`;
  return `Acknowledge and act: ${publicUrl.replace(/\/$/, '')}/incidents/${incidentId}\nOr: ${command}`;
}
