import type { Command } from '#incidents';
import type { ContactMethod, Person } from '#oncall';
import type { Transaction } from '#platform';

export type PageCommand = Extract<Command, { kind: 'page' }>;

/** Stores one message a contact method of the page's person, in the transaction that decided the page. */
export async function enqueuePage(
  tx: Transaction,
  incidentId: string,
  { page, subject, text }: PageCommand,
  about: { readonly people: readonly Person[]; readonly publicUrl: string | null },
): Promise<void> {
  const person = about.people.find((one) => one.id === page.person);
  if (person === undefined)
    throw new Error(`page ${page.id}: "${page.person}" is nobody in people; nobody can be reached`);
  for (const [index, contact] of person.contacts.entries())
    await tx.query(
      `insert into messages
         (id, incident_id, page_id, person, channel, address, subject, body, due_at, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp(), clock_timestamp())`,
      [
        `${page.id}-${index + 1}`,
        incidentId,
        page.id,
        person.id,
        contact.channel,
        addressOf(contact),
        subject,
        `${text}\n\n${howToAnswer(incidentId, about.publicUrl)}`,
      ],
    );
  await tx.notify('messages', page.id);
}

function addressOf(contact: ContactMethod): string {
  return contact.channel === 'email' ? contact.address : '';
}

function howToAnswer(incidentId: string, publicUrl: string | null): string {
  const command = `tocsin incident ack ${incidentId}`;
  if (publicUrl === null) return `Acknowledge: ${command}`;
  return `Acknowledge and act: ${publicUrl.replace(/\/$/, '')}/incidents/${incidentId}\nOr: ${command}`;
}
