import { type Database, LeaseLost } from '#platform';

interface Waiting {
  readonly id: string;
  readonly fence: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Writes down that a mail was sent; rejects with LeaseLost when somebody else has its row. */
export type MarkSent = (id: string, fence: number) => Promise<void>;

/** What is sent while one statement is on its way is written down by the next: one wait for the disk, however many mails. */
export function createMarkSent(db: Database): MarkSent {
  let waiting: Waiting[] = [];
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await settle(db, batch);
    }
    isRunning = false;
  }

  return (id, fence) =>
    new Promise((resolve, reject) => {
      waiting.push({ id, fence, resolve, reject });
      if (!isRunning) void run();
    });
}

async function settle(db: Database, batch: readonly Waiting[]): Promise<void> {
  try {
    const { rows } = await db.query<{ id: string }>(
      `update status_page_mails as m
       set state = 'sent', sent_at = clock_timestamp(), last_error = null, lease_until = null
       from unnest($1::text[], $2::bigint[]) as mine (id, fence)
       where m.id = mine.id and m.fence = mine.fence and m.state in ('queued', 'sending') returning m.id`,
      [batch.map(({ id }) => id), batch.map(({ fence }) => fence)],
    );
    const written = new Set(rows.map(({ id }) => id));
    for (const { id, fence, resolve, reject } of batch)
      if (written.has(id)) resolve();
      else
        reject(
          new LeaseLost(`status_page_mails ${id}: fence ${fence} is no longer the newest, or it is gone`),
        );
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}
