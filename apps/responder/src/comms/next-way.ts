import type { Transaction } from '#platform';

/** One way has failed: the page's next one that has not had its turn has it now. Answers whether there was one. */
export async function tryNextWay(tx: Transaction, pageId: string): Promise<boolean> {
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
