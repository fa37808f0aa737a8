import type { Queryable } from '#platform';
import type { AnswerWays } from '../channel.ts';
import { type AnswerFacts, readAnswerFacts } from './answer-facts.ts';
import { consoleLinks } from './console-links.ts';

interface AnswerAbout {
  readonly incidentId: string;
  readonly person: string;
  readonly known?: AnswerFacts | null;
}

/** How a person can answer a page about an incident; null where the console has no address. `known` is read now where it is absent. */
export async function answerWays(
  db: Queryable,
  { incidentId, person, known = null }: AnswerAbout,
  publicUrl: string | null,
): Promise<AnswerWays | null> {
  if (publicUrl === null) return null;
  const incident = known ?? (await readAnswerFacts(db, incidentId));
  if (incident === null) return null;
  const links = await consoleLinks(db, publicUrl, { person, now: incident.now });
  const level = Math.max(1, incident.reached) + 1;
  return {
    number: incident.number,
    incidentUrl: links.incident(incidentId),
    acknowledgeUrl: links.acknowledge(incidentId),
    escalate:
      level > (await levelsOf(db, incident.plan)) ? null : { level, url: links.escalate(incidentId, level) },
  };
}

const levels = new Map<string, number>();

/** How many levels the matrix of a plan has. A plan never changes: it is read once. */
async function levelsOf(db: Queryable, planHash: string): Promise<number> {
  const known = levels.get(planHash);
  if (known !== undefined) return known;
  const { rows } = await db.query<{ n: number }>(
    `select jsonb_array_length(plan->'escalation') as n from plans where hash = $1`,
    [planHash],
  );
  const n = rows[0]?.n ?? 0;
  levels.set(planHash, n);
  return n;
}
