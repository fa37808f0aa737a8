import type { Person } from '#oncall';
import { AppError, type Database } from '#platform';
import { hashCode, mostTries } from './code.ts';
import { methodOf } from './contact.ts';

/** Verifies a contact method by the code that it brought; each wrong one counts, also when many come at once. Throws AppError. */
export async function verifyContact(
  db: Database,
  person: Person,
  { contact, code }: { readonly contact: string; readonly code: string },
): Promise<void> {
  methodOf(person, contact);
  const { rows } = await db.query<{ right: boolean }>(
    `update contact_verifications set tries = tries + 1,
       verified_at = case when code_hash = $3 then clock_timestamp() else verified_at end,
       code_hash = case when code_hash = $3 then null else code_hash end,
       expires_at = case when code_hash = $3 then null else expires_at end
     where person = $1 and contact = $2 and code_hash is not null and tries < $4
       and expires_at > clock_timestamp()
     returning code_hash is null as right`,
    [person.id, contact, hashCode(person.id, contact, code), mostTries],
  );
  const [row] = rows;
  if (row === undefined)
    throw new AppError('gone', `code: none holds for ${contact} (any more); ask for a new one`);
  if (!row.right) throw new AppError('invalid', `code: it is not the one that was sent to ${contact}`);
}
