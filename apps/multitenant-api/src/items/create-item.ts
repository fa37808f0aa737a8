import type { PoolClient } from 'pg';
import type { Entry } from '../cache/read-cache.ts';
import { textRows } from '../database/text-rows.ts';
import type { Database } from '../database/database.ts';
import type { Caller } from '../tokens/caller.ts';
import { answerOnce, type Repeat } from './answer-once.ts';
import { explainUnstorable } from './explain-unstorable.ts';
import { etagOfItem, itemColumns, itemJson } from './item.ts';

/** What is to be stored. */
export interface NewItem {
  readonly name: string;
  readonly value: unknown;
}

async function insert(client: PoolClient, item: NewItem, createdBy: string): Promise<Entry> {
  const text = `INSERT INTO items (name, value, created_by) VALUES ($1, $2, $3) RETURNING ${itemColumns}`;
  const values = [item.name, JSON.stringify(item.value), createdBy];
  const [row] = await textRows(client, { name: 'create-item', text, values });
  if (row === undefined) throw new Error('INSERT INTO items returned no row');
  return { head: etagOfItem(row), body: itemJson(row) };
}

/** Stores an item and answers it with its ETag as head; with an Idempotency-Key at most once. Throws a `Problem` as `answerOnce` does. */
export function createItem(
  database: Database,
  caller: Caller,
  item: NewItem,
  repeat: Repeat | null,
): Promise<{ entry: Entry; replayed: boolean }> {
  const done = database.forTenant(caller.tenant, async (client) => {
    const make = () => insert(client, item, caller.sub);
    if (repeat === null) return { entry: await make(), replayed: false };
    return answerOnce(client, caller, repeat, make);
  });
  return done.catch((error: unknown) => {
    throw explainUnstorable(error);
  });
}
