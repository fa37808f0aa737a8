import type { Person } from '#oncall';
import type { Queryable } from '#platform';
import { type Contact, contactKey, toContact, type Verification } from './contact.ts';

/** A person's contact methods, in their order. */
export async function listContacts(db: Queryable, person: Person, now: number): Promise<readonly Contact[]> {
  const { rows } = await db.query<Verification & Record<string, unknown>>(
    'select contact, verified_at, expires_at from contact_verifications where person = $1',
    [person.id],
  );
  const found = new Map(rows.map((one) => [one.contact, one]));
  return person.contacts.map((method) => toContact(method, found.get(contactKey(method)), now));
}
