import type { Person } from '#oncall';
import { AppError, type Database, newId } from '#platform';
import { codeMinutes, hashCode, newCode, resendSeconds, spelled } from './code.ts';
import { methodOf } from './contact.ts';

/** Sends a code by one of a person's contact methods, through the same queue as pages. Throws AppError. */
export async function sendCode(db: Database, person: Person, contact: string): Promise<void> {
  const method = methodOf(person, contact);
  if (!('address' in method))
    throw new AppError('conflict', `contact: ${contact} needs no code: who reads it is signed in`);
  const code = newCode();
  await db.transact(async (tx) => {
    const { rowCount } = await tx.query(
      `insert into contact_verifications as v (person, contact, code_hash, sent_at, expires_at)
       values ($1, $2, $3, clock_timestamp(), clock_timestamp() + $4 * interval '1 minute')
       on conflict (person, contact) do update set code_hash = excluded.code_hash, sent_at = excluded.sent_at,
         expires_at = excluded.expires_at, tries = 0
       where v.sent_at is null or v.sent_at < clock_timestamp() - $5 * interval '1 second'`,
      [person.id, contact, hashCode(person.id, contact, code), codeMinutes, resendSeconds],
    );
    if (rowCount === 0)
      throw new AppError(
        'too-many',
        `contact: a code was sent to ${contact} just now; expected ${resendSeconds} s in between`,
      );
    await tx.query(
      `insert into messages (id, kind, page_id, person, channel, address, subject, body, due_at, created_at)
       values ($1, 'code', '', $2, $3, $4, 'Tocsin: your code', $5, clock_timestamp(), clock_timestamp())`,
      [
        newId('code'),
        person.id,
        method.channel,
        method.address,
        `Your code is ${spelled(code)}. It verifies that pages reach you here, and holds for ${codeMinutes} minutes.`,
      ],
    );
    tx.tell('messages', contact);
  });
}
