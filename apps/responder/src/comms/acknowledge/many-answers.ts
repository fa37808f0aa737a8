import { databaseNow, type Queryable } from '#platform';
import type { ManyAnswers } from '../channel.ts';
import { consoleLinks } from './console-links.ts';

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
  const links = await consoleLinks(db, publicUrl, { person, now: await databaseNow(db) });
  return {
    summaryId,
    each: listed.map(({ incidentId, number, subject }) => ({
      incidentId,
      number,
      subject,
      incidentUrl: links.incident(incidentId),
      acknowledgeUrl: links.acknowledge(incidentId),
    })),
    others,
    acknowledgeAllUrl: links.acknowledgeAll(summaryId),
    listUrl: links.list,
  };
}
