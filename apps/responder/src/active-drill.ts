import type { Drill } from '#incidents';
import type { Queryable } from '#platform';

/** The drill under way, or null. Incidents that open meanwhile carry its mark. */
export async function activeDrill(db: Queryable): Promise<Drill | null> {
  const { rows } = await db.query<{ id: string; name: string; injected_at: number; hold_ms: number | null }>(
    'select id, name, injected_at, hold_ms from drills where ended_at is null order by injected_at desc limit 1',
  );
  const [row] = rows;
  return row === undefined
    ? null
    : { id: row.id, name: row.name, injectedAt: row.injected_at, holdMs: row.hold_ms };
}
