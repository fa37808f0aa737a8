import type { ContactMethod, Person } from '#oncall';
import { AppError } from '#platform';
import { channelOf } from '../message-row.ts';

/** One contact method with what is known of it; instants in epoch milliseconds. */
export interface Contact {
  readonly contact: string;
  readonly channel: ContactMethod['channel'];
  readonly address: string | null;
  readonly verified: boolean;
  readonly verifiedAt: number | null;
  readonly codeUntil: number | null;
}

/** What `contact_verifications` holds of a contact. */
export interface Verification {
  readonly contact: string;
  readonly verified_at: number | null;
  readonly expires_at: number | null;
}

export function contactKey(method: ContactMethod): string {
  return channelOf({ channel: method.channel, address: 'address' in method ? method.address : '' });
}

/** The contact as it is shown. */
export function toContact(method: ContactMethod, found: Verification | undefined, now: number): Contact {
  const verifiedAt = found?.verified_at ?? null;
  const until = found?.expires_at ?? null;
  return {
    contact: contactKey(method),
    channel: method.channel,
    address: 'address' in method ? method.address : null,
    verified: method.channel === 'inbox' || verifiedAt !== null,
    verifiedAt,
    codeUntil: until !== null && until > now ? until : null,
  };
}

/** The person's contact method of that name. Throws AppError with their names. */
export function methodOf(person: Person, contact: string): ContactMethod {
  const found = person.contacts.find((one) => contactKey(one) === contact);
  if (found !== undefined) return found;
  const known = person.contacts.map(contactKey).join(', ');
  throw new AppError('not-found', `contact: "${contact}" is none of yours; expected one of ${known}`);
}
