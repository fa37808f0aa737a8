import type { EpochMs } from '#facts';
import type { Queryable } from '#platform';
import type { Malformed } from '../incoming.ts';

/** An item that could not be understood, as it came. */
export interface IntakeProblem extends Malformed {
  readonly id: number;
  readonly source: string;
  readonly at: EpochMs;
}

/** Newest first. */
export async function readProblems(
  db: Queryable,
  serviceId: string,
  limit: number,
): Promise<readonly IntakeProblem[]> {
  const { rows } = await db.query<IntakeProblem>(
    `select id, source, at, place, value, expected, item from intake_problems where service_id = $1
     order by id desc limit $2`,
    [serviceId, limit],
  );
  return rows;
}
