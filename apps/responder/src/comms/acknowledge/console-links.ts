import { randomBytes } from 'node:crypto';
import type { EpochMs } from '#facts';
import { keptSecret, type Queryable, urlUnder } from '#platform';
import { linkHours, type LinkPurpose, signLink } from './link-token.ts';

/** The secret that signs the links of pages. */
export function linkSecret(db: Queryable): Promise<string> {
  return keptSecret(db, 'acknowledge-links', () => randomBytes(32).toString('base64url'));
}

/** Where a person answers what a message is about, by the ids of incidents and summaries. */
export interface ConsoleLinks {
  /** Where the console lists what goes on. */
  readonly list: string;
  incident(id: string): string;
  acknowledge(id: string): string;
  acknowledgeAll(summaryId: string): string;
  escalate(id: string, level: number): string;
}

/** The links of a message to a person that is written at `now`: those that act are signed, and hold for a day. */
export async function consoleLinks(
  db: Queryable,
  publicUrl: string,
  { person, now }: { readonly person: string; readonly now: EpochMs },
): Promise<ConsoleLinks> {
  const secret = await linkSecret(db);
  const expiresAt = now + linkHours * 3_600_000;
  const signed = (path: string, purpose: LinkPurpose, id: string): string =>
    urlUnder(publicUrl, `${path}/${signLink(secret, { purpose, incidentId: id, person, expiresAt })}`);
  return {
    list: urlUnder(publicUrl, ''),
    incident: (id) => urlUnder(publicUrl, `incidents/${id}`),
    acknowledge: (id) => signed('acknowledge', 'acknowledge', id),
    acknowledgeAll: (summaryId) => signed('acknowledge-all', 'acknowledge-all', summaryId),
    escalate: (id, level) => signed(`escalate/${level}`, `escalate-${level}`, id),
  };
}
