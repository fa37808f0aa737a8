import type { PoolClient } from 'pg';
import type { Entry } from '../cache/read-cache.ts';
import type { Database } from '../database/database.ts';
import { textRows } from '../database/text-rows.ts';
import { Problem } from '../errors/problem.ts';
import { explainUnstorable } from './explain-unstorable.ts';
import { etagOfItem, itemColumns, itemJson } from './item.ts';

/** Which item, and which of its versions may be touched (null: any). */
export interface Target {
  readonly id: string;
  readonly versions: readonly number[] | null;
}

/** What to put in its place; what is undefined stays. */
export interface ItemChange {
  readonly name?: string | undefined;
  readonly value?: unknown;
}

/** Why no row was touched: it is not there, or it is not one of the versions that If-Match allows. */
async function whyNot(client: PoolClient, id: string): Promise<Problem> {
  const [row] = await textRows(client, { text: 'SELECT version FROM items WHERE id = $1', values: [id] });
  if (row === undefined) return new Problem('not-found', `item ${id} does not exist`);
  return new Problem('changed', `item ${id} has ETag "${id}.${row[0]}"; expected one of header if-match`);
}

/** Changes an item and answers it with its new ETag as head. Throws a `Problem`: 404, or 412 when it is another version. */
export function changeItem(
  database: Database,
  tenant: string,
  { id, versions }: Target,
  change: ItemChange,
): Promise<Entry> {
  const text = `UPDATE items SET name = coalesce($3, name), value = coalesce($4::jsonb, value), version = version + 1, updated_at = now()
    WHERE id = $1 AND ($2::int[] IS NULL OR version = ANY ($2)) RETURNING ${itemColumns}`;
  const value = change.value === undefined ? null : JSON.stringify(change.value);
  const done = database.forTenant(tenant, async (client) => {
    const values = [id, versions, change.name ?? null, value];
    const [row] = await textRows(client, { name: 'change-item', text, values });
    if (row === undefined) throw await whyNot(client, id);
    return { head: etagOfItem(row), body: itemJson(row) };
  });
  return done.catch((error: unknown) => {
    throw explainUnstorable(error);
  });
}

/** Removes an item. Throws a `Problem` like `changeItem`. */
export function removeItem(database: Database, tenant: string, { id, versions }: Target): Promise<void> {
  const text = 'DELETE FROM items WHERE id = $1 AND ($2::int[] IS NULL OR version = ANY ($2)) RETURNING id';
  return database.forTenant(tenant, async (client) => {
    const rows = await textRows(client, { name: 'remove-item', text, values: [id, versions] });
    if (rows.length === 0) throw await whyNot(client, id);
  });
}
