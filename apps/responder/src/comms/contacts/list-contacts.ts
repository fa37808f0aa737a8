import type { Person } from '#oncall';
import type { Queryable } from '#platform';
import { type Contact, contactKey, toContact, type Verification } from './contact.ts';

/** A person's contact methods, in their order. */
export async function listContacts(db: Queryable, person: Person, now: number): Promise<readonly Contact[]> {
  return (await contactsOfAll(db, [person], now)).get(person.id) ?? [];
}

/** The contact methods of many, by the person's id. */
export async function contactsOfAll(
  db: Queryable,
  people: readonly Person[],
  now: number,
): Promise<ReadonlyMap<string, readonly Contact[]>> {
  const { rows } = await db.query<Verification & { readonly person: string } & Record<string, unknown>>(
    'select person, contact, verified_at, expires_at from contact_verifications where person = any($1)',
    [people.map((one) => one.id)],
  );
  const found = new Map(rows.map((one) => [keyOf(one.person, one.contact), one]));
  return new Map(
    people.map(({ id, contacts }) => [
      id,
      contacts.map((method) => toContact(method, found.get(keyOf(id, contactKey(method))), now)),
    ]),
  );
}

function keyOf(person: string, contact: string): string {
  return JSON.stringify([person, contact]);
}
