import type { EpochMs } from '#facts';
import type { Actor } from '#incidents';
import type { Queryable } from '#platform';

/** One attempt to change something: who, what, on what, and the request's values without secrets. */
export interface AuditEntry {
  readonly actor: Actor;
  /** Name of the route, `:refused` behind it when rights were missing. */
  readonly action: string;
  readonly subject: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * Written before the verb runs, so that nothing can be done without a row; what came of it is in the incident's own log. Answers the
 * database's clock, epoch milliseconds.
 */
export async function writeAudit(db: Queryable, entry: AuditEntry): Promise<EpochMs> {
  const { rows } = await db.query<{ at: EpochMs }>(
    `insert into audit (at, actor, action, subject, detail) values (clock_timestamp(), $1, $2, $3, $4) returning at`,
    [JSON.stringify(entry.actor), entry.action, entry.subject, JSON.stringify(entry.detail)],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('the audit wrote no row');
  return row.at;
}
