import type { EpochMs } from '#facts';
import type { Incident, Incidents } from '#incidents';
import { personById, type Person } from '#oncall';
import type { Queryable } from '#platform';
import { linkSecret } from './console-links.ts';
import { type LinkPurpose, readLink } from './link-token.ts';

/** What a page's link leads to. */
export type OpenedLink =
  | { readonly incident: Incident; readonly person: Person }
  | { readonly refused: 'unknown' | 'expired' };

/** Reads a link; looking changes nothing. A person who has left, or an incident that is gone, makes it unknown. */
export async function openLink(
  about: { readonly db: Queryable; readonly incidents: Incidents; readonly people: readonly Person[] },
  link: { readonly purpose: LinkPurpose; readonly token: string },
  now: EpochMs,
): Promise<OpenedLink> {
  const read = readLink(await linkSecret(about.db), link, now);
  if ('refused' in read) return read;
  const person = personById(about.people, read.claim.person);
  const incident = await about.incidents.get(read.claim.incidentId);
  return person === null || incident === null ? { refused: 'unknown' } : { incident, person };
}
