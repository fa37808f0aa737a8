import { databaseNow, type Queryable } from '#platform';
import type { ManyAnswers } from '../channel.ts';
import { linkSecret } from './answer-ways.ts';
import { linkHours, signLink } from './link-token.ts';

/** How a person can answer a summary about several incidents; absent where the console has no address. */
export async function manyAnswers(
  db: Queryable,
  {
    summaryId,
    person,
    listed,
    others,
  }: Pick<ManyAnswers, 'summaryId' | 'others'> & {
    readonly person: string;
    readonly listed: readonly Pick<ManyAnswers['each'][number], 'incidentId' | 'number' | 'subject'>[];
  },
  publicUrl: string | null,
): Promise<ManyAnswers | undefined> {
  if (publicUrl === null) return undefined;
  const [secret, now] = await Promise.all([linkSecret(db), databaseNow(db)]);
  const base = publicUrl.replace(/\/+$/, '');
  const claim = { person, expiresAt: now + linkHours * 3_600_000 };
  const linkTo = (incidentId: string): string =>
    signLink(secret, { ...claim, purpose: 'acknowledge', incidentId });
  const all = signLink(secret, { ...claim, purpose: 'acknowledge-all', incidentId: summaryId });
  return {
    summaryId,
    each: listed.map(({ incidentId, number, subject }) => ({
      incidentId,
      number,
      subject,
      incidentUrl: `${base}/incidents/${incidentId}`,
      acknowledgeUrl: `${base}/acknowledge/${linkTo(incidentId)}`,
    })),
    others,
    acknowledgeAllUrl: `${base}/acknowledge-all/${all}`,
    listUrl: `${base}/`,
  };
}
