import type { PageSnapshot } from '@tocsin/contract';
import type { Database } from '#platform';

/** What the page's own process listens on. */
const channel = 'status_page';

/** Writes the snapshot when it says something new, else only that it still holds. Answers whether it was new. */
export function storeSnapshot(
  db: Database,
  serviceId: string,
  snapshot: Omit<PageSnapshot, 'changedAt'>,
): Promise<boolean> {
  return db.transact(async (tx) => {
    const { rows } = await tx.query<{ snapshot: PageSnapshot; now: number }>(
      `select snapshot from status_page_snapshots where service_id = $1 for update`,
      [serviceId],
    );
    if (rows[0] !== undefined && isSame(rows[0].snapshot, snapshot)) {
      await tx.query(
        'update status_page_snapshots set checked_at = clock_timestamp() where service_id = $1',
        [serviceId],
      );
      return false;
    }
    const { rows: clock } = await tx.query<{ now: number }>('select clock_timestamp() as now');
    const changedAt = new Date(clock[0]?.now ?? 0).toISOString();
    await tx.query(
      `insert into status_page_snapshots as s (service_id, snapshot, revision, checked_at)
       values ($1, $2, 1, clock_timestamp())
       on conflict (service_id) do update set snapshot = excluded.snapshot, revision = s.revision + 1,
         checked_at = excluded.checked_at`,
      [serviceId, JSON.stringify({ ...snapshot, changedAt })],
    );
    await tx.notify(channel, serviceId);
    return true;
  });
}

function isSame(stored: PageSnapshot, made: Omit<PageSnapshot, 'changedAt'>): boolean {
  return textOf(stored) === textOf(made);
}

/** Without when it changed, in an order of its own: PostgreSQL gives fields back as they were written. */
function textOf(snapshot: Partial<PageSnapshot>): string {
  const fields = Object.entries(snapshot).filter(([name]) => name !== 'changedAt');
  return JSON.stringify(fields.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
