import type { Plan } from '@tocsin/runbook';
import { AppError, type Queryable } from '#platform';

/** The compiled runbooks that incidents are pinned to. */
export interface Plans {
  /** Keeps a plan and its text; the same document twice is one. */
  storePlan(
    db: Queryable,
    document: {
      readonly plan: Plan;
      readonly markdown: string;
      readonly sidecar?: string;
      readonly file: string;
    },
  ): Promise<void>;
  /** The plan by the hash of its text; AppError `not-found` when it was never seen. */
  loadPlan(hash: string, within?: Queryable): Promise<Plan>;
  /** The document as it was when the plan was stored. */
  loadMarkdown(hash: string): Promise<{ readonly file: string; readonly markdown: string }>;
}

/** Plans of one database, each read once: a plan never changes. */
export function createPlans(db: Queryable): Plans {
  const known = new Map<string, Plan>();
  return {
    storePlan: async (target, { plan, markdown, sidecar, file }) => {
      await target.query(
        `insert into plans (hash, file, plan, markdown, sidecar) values ($1, $2, $3, $4, $5) on conflict (hash) do nothing`,
        [plan.hash, file, JSON.stringify(plan), markdown, sidecar ?? null],
      );
    },
    // Inside a transaction its own connection is used: asking the pool for a second one can wait for ever.
    loadPlan: async (hash, within = db) => {
      const kept = known.get(hash);
      if (kept !== undefined) return kept;
      const { rows } = await within.query<{ plan: Plan }>('select plan from plans where hash = $1', [hash]);
      const [row] = rows;
      if (row === undefined) throw notFound(hash);
      known.set(hash, row.plan);
      return row.plan;
    },
    loadMarkdown: async (hash) => {
      const { rows } = await db.query<{ file: string; markdown: string }>(
        'select file, markdown from plans where hash = $1',
        [hash],
      );
      const [row] = rows;
      if (row === undefined) throw notFound(hash);
      return row;
    },
  };
}

function notFound(hash: string): AppError {
  return new AppError('not-found', `plan ${hash}: no runbook with this hash was ever seen`);
}
