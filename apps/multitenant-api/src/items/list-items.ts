import { z } from 'zod';
import type { ReadCache } from '../cache/read-cache.ts';
import type { Database } from '../database/database.ts';
import { tenantStatement } from '../database/tenant-statement.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { itemColumns, itemJson, itemSchema } from './item.ts';

/** What a list may be asked for. */
export const listQuerySchema = z.object({
  limit: z
    .string()
    .regex(/^\d{1,4}$/, 'a whole number from 1 to 100')
    .transform(Number)
    .pipe(z.number().min(1, 'at least 1').max(100, 'at most 100'))
    .default(20),
  cursor: z
    .string()
    .max(64, 'the "next" of an earlier page')
    .refine((cursor) => readCursor(cursor) !== null, 'the "next" of an earlier page')
    .optional(),
});

/** A page of items, newest first; `next` is the cursor of the page after it. */
export const itemPageSchema = z
  .object({ tenant: z.string(), items: z.array(itemSchema), next: z.string().nullable() })
  .meta({ id: 'ItemPage' });

/** One page as text, with the cursor of the next one. */
export interface ItemPage {
  readonly body: string;
  readonly next: string | null;
}

const listItems = tenantStatement(
  'list-items',
  `SELECT ${itemColumns} FROM items WHERE tenant = fence.tenant AND id < $2 ORDER BY id DESC LIMIT $3`,
);

const largestId = '9223372036854775807';

/** The page by the order of ids, so that rows that come and go shift nothing. */
export async function listPage(
  ports: { database: Database; cache: ReadCache },
  tenant: string,
  query: { limit: number; cursor?: string | undefined },
): Promise<ItemPage> {
  const { limit, cursor = '' } = query;
  const entry = await ports.cache.through(tenant, `list:${limit}:${cursor}`, async () => {
    const before = readCursor(cursor) ?? largestId;
    const rows = await ports.database.read(listItems, tenant, [before, limit + 1]);
    const shown = rows.length > limit ? rows.slice(0, limit) : rows;
    const next = rows.length > limit ? writeCursor(shown.at(-1)?.[0] ?? '') : '';
    const items = shown.map(itemJson).join(',');
    const body = `{"tenant":"${tenant}","items":[${items}],"next":${next === '' ? 'null' : `"${next}"`}}`;
    return { head: next, body };
  });
  return { body: entry?.body ?? '', next: entry?.head || null };
}
