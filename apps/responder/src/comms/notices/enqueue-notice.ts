import { personById, type Person } from '#oncall';
import type { Transaction } from '#platform';

/** Something a person should know, that wakes nobody else when they do not answer. */
export interface Notice {
  readonly id: string;
  readonly person: string;
  readonly subject: string;
  readonly text: string;
}

/** Stores one message a contact method of the person; the inbox has it at once. Somebody who is gone is told nothing. */
export async function enqueueNotice(
  tx: Transaction,
  notice: Notice,
  people: readonly Person[],
): Promise<void> {
  const contacts = personById(people, notice.person)?.contacts ?? [];
  for (const [index, contact] of contacts.entries()) {
    const state = contact.channel === 'inbox' ? 'sent' : 'queued';
    await tx.query(
      `insert into notices (id, person, channel, address, subject, body, state, due_at, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, clock_timestamp(), clock_timestamp()) on conflict (id) do nothing`,
      [
        `${notice.id}-${index + 1}`,
        notice.person,
        contact.channel,
        'address' in contact ? contact.address : '',
        notice.subject,
        notice.text,
        state,
      ],
    );
  }
  tx.tell('notices', notice.id);
}
