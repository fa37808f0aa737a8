import type { EpochMs } from '#facts';
import { personById, type Person } from '#oncall';
import type { Queryable } from '#platform';
import { waitingInSummary, type WaitingIncident } from '../storm/read-held.ts';
import { linkSecret } from './console-links.ts';
import { readLink } from './link-token.ts';

/** What the link of a summary leads to: what of it still waits. */
export type OpenedSummary =
  | { readonly summaryId: string; readonly person: Person; readonly waiting: readonly WaitingIncident[] }
  | { readonly refused: 'unknown' | 'expired' };

/** Reads the link that acknowledges all of a summary; looking changes nothing. A person who has left makes it unknown. */
export async function openSummary(
  { db, people }: { readonly db: Queryable; readonly people: readonly Person[] },
  token: string,
  now: EpochMs,
): Promise<OpenedSummary> {
  const read = readLink(await linkSecret(db), { purpose: 'acknowledge-all', token }, now);
  if ('refused' in read) return read;
  const { person: id, incidentId: summaryId } = read.claim;
  const person = personById(people, id);
  if (person === null) return { refused: 'unknown' };
  return { summaryId, person, waiting: await waitingInSummary(db, summaryId) };
}
