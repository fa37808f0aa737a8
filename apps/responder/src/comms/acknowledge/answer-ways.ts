import { randomBytes } from 'node:crypto';
import { keptSecret, type Queryable } from '#platform';
import type { AnswerWays } from '../channel.ts';
import { linkHours, signLink } from './link-token.ts';

/** The secret that signs acknowledge links. */
export function linkSecret(db: Queryable): Promise<string> {
  return keptSecret(db, 'acknowledge-links', () => randomBytes(32).toString('base64url'));
}

/** How a person can answer a page about an incident; null where the console has no address. */
export async function answerWays(
  db: Queryable,
  about: { readonly incidentId: string; readonly person: string },
  publicUrl: string | null,
): Promise<AnswerWays | null> {
  if (publicUrl === null) return null;
  const { rows } = await db.query<{ number: number; now: number }>(
    'select number, clock_timestamp() as now from incidents where id = $1',
    [about.incidentId],
  );
  const [incident] = rows;
  if (incident === undefined) return null;
  const expiresAt = incident.now + linkHours * 3_600_000;
  const base = publicUrl.replace(/\/+$/, '');
  return {
    number: incident.number,
    incidentUrl: `${base}/incidents/${about.incidentId}`,
    acknowledgeUrl: `${base}/acknowledge/${signLink(await linkSecret(db), { ...about, expiresAt })}`,
  };
}
