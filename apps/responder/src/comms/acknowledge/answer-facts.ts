import type { EpochMs } from '#facts';
import type { Queryable } from '#platform';

/** What the ways to answer a page need to know of its incident; `reached` is the highest level called, `plan` the plan's hash. */
export interface AnswerFacts {
  readonly number: number;
  readonly now: EpochMs;
  readonly reached: number;
  readonly plan: string;
}

/** The columns of `incidents` that make them. */
export const answerFacts = `number, clock_timestamp() as now, (snapshot->>'escalationLevel')::int as reached, plan_hash as plan`;

/** Null when there is no such incident. */
export async function readAnswerFacts(db: Queryable, incidentId: string): Promise<AnswerFacts | null> {
  const { rows } = await db.query<AnswerFacts & Record<string, unknown>>(
    `select ${answerFacts} from incidents where id = $1`,
    [incidentId],
  );
  return rows[0] ?? null;
}
