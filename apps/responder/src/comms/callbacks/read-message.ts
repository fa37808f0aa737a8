import type { Queryable } from '#platform';
import type { StoredMessage } from '../message-row.ts';

/** The stored message of that id; null when there is none. */
export async function readMessage(db: Queryable, id: string): Promise<StoredMessage | null> {
  const { rows } = await db.query<StoredMessage & Record<string, unknown>>(
    'select * from messages where id = $1',
    [id],
  );
  return rows[0] ?? null;
}
