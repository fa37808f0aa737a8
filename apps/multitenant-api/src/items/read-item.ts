import type { Entry, ReadCache } from '../cache/read-cache.ts';
import type { Database } from '../database/database.ts';
import { tenantStatement } from '../database/tenant-statement.ts';
import { etagOfItem, itemColumns, itemJson } from './item.ts';

const findItem = tenantStatement(
  'find-item',
  `SELECT ${itemColumns} FROM items WHERE tenant = fence.tenant AND id = $2`,
);

/** One item of a tenant as text with its ETag as head; null when the tenant has none with this id. */
export function readItem(
  ports: { database: Database; cache: ReadCache },
  tenant: string,
  id: string,
): Promise<Entry | null> {
  return ports.cache.through(tenant, `item:${id}`, async () => {
    const [row] = await ports.database.read(findItem, tenant, [id]);
    return row === undefined ? null : { head: etagOfItem(row), body: itemJson(row) };
  });
}
