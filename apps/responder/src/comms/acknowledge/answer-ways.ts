import { randomBytes } from 'node:crypto';
import { keptSecret, type Queryable } from '#platform';
import type { AnswerWays } from '../channel.ts';
import { type AnswerFacts, readAnswerFacts } from './answer-facts.ts';
import { linkHours, type LinkPurpose, signLink } from './link-token.ts';

/** The secret that signs the links of pages. */
export function linkSecret(db: Queryable): Promise<string> {
  return keptSecret(db, 'acknowledge-links', () => randomBytes(32).toString('base64url'));
}

interface AnswerAbout {
  readonly incidentId: string;
  readonly person: string;
  readonly known?: AnswerFacts | null;
}

/** How a person can answer a page about an incident; null where the console has no address. `known` is read now where it is absent. */
export async function answerWays(
  db: Queryable,
  { known = null, ...about }: AnswerAbout,
  publicUrl: string | null,
): Promise<AnswerWays | null> {
  if (publicUrl === null) return null;
  const incident = known ?? (await readAnswerFacts(db, about.incidentId));
  if (incident === null) return null;
  const expiresAt = incident.now + linkHours * 3_600_000;
  const base = publicUrl.replace(/\/+$/, '');
  const secret = await linkSecret(db);
  const linkFor = (purpose: LinkPurpose): string => signLink(secret, { ...about, purpose, expiresAt });
  const level = Math.max(1, incident.reached) + 1;
  return {
    number: incident.number,
    incidentUrl: `${base}/incidents/${about.incidentId}`,
    acknowledgeUrl: `${base}/acknowledge/${linkFor('acknowledge')}`,
    escalate:
      level > (await levelsOf(db, incident.plan))
        ? null
        : { level, url: `${base}/escalate/${level}/${linkFor(`escalate-${level}`)}` },
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
