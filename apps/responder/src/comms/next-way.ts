import type { Transaction } from '#platform';

/** One way has failed: the page's next one that has not had its turn has it now. What is no page has none. Answers whether there was one. */
export async function tryNextWay(tx: Transaction, pageId: string): Promise<boolean> {
  if (pageId === '') return false;
  const { rowCount } = await tx.query(
    `update messages set state = 'queued', due_at = clock_timestamp()
     where id = (select id from messages
       where page_id = $1 and attempts = 0
         and (state = 'reserve' or (state = 'queued' and due_at > clock_timestamp()))
       order by after_ms nulls last, id limit 1 for update)`,
    [pageId],
  );
  if (rowCount > 0) tx.tell('messages', pageId);
  return rowCount > 0;
}

/** The same for every page in a summary. */
export async function tryNextWays(tx: Transaction, summaryId: string): Promise<void> {
  const { rows } = await tx.query<{ page_id: string }>(
    'select distinct page_id from messages where summary_id = $1 order by page_id',
    [summaryId],
  );
  for (const page of rows) await tryNextWay(tx, page.page_id);
}
