import type { Database, Transaction } from './database.ts';

type Work<T> = (tx: Transaction) => Promise<T>;

/**
 * Runs `work` in a transaction that it may share with others. Works with the same `key` are about the same row, and do not share one: the
 * second must see what the first has written.
 */
export type Together = <T>(key: string, work: Work<T>) => Promise<T>;

interface Waiting {
  readonly key: string;
  readonly work: Work<unknown>;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** More of them would wait for too long for each other. */
const mostTogether = 24;
/** A row that somebody holds for longer holds up only who wants it. */
const lockLimitMs = 300;

/**
 * Group commit: what is asked for while one transaction is on its way runs together in the next one, its statements side by side on one
 * connection. When one of them fails, or waits for a lock, each runs again in a transaction of its own: works must touch nothing but the
 * database. What happened is unknown only when the commit itself fails: then all of them fail.
 */
export function createTogether(db: Database): Together {
  let waiting: Waiting[] = [];
  let running = false;

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const group = firstOfEach(waiting).slice(0, mostTogether);
      const taken = new Set(group);
      waiting = waiting.filter((one) => !taken.has(one));
      await together(db, group);
    }
    running = false;
  }

  return <T>(key: string, work: Work<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ key, work, resolve: resolve as Waiting['resolve'], reject });
      if (running) return;
      running = true;
      // What is asked for in the same turn goes together.
      queueMicrotask(() => void run());
    });
}

/** In the order in which they came. */
function firstOfEach(waiting: readonly Waiting[]): readonly Waiting[] {
  const keys = new Set<string>();
  return waiting.filter(({ key }) => !keys.has(key) && keys.add(key));
}

/** Ends when the shared transaction has: what has to run again does so beside all that follows. */
async function together(db: Database, group: readonly Waiting[]): Promise<void> {
  let isDecided = false;
  try {
    const results = await db.transact(
      async (tx) => {
        const ends = await Promise.allSettled(group.map(({ work }) => work(tx)));
        const failed = ends.find((end) => end.status === 'rejected');
        if (failed !== undefined) throw failed.reason;
        isDecided = true;
        return ends.map((end) => (end as PromiseFulfilledResult<unknown>).value);
      },
      { lockLimitMs },
    );
    group.forEach(({ resolve }, index) => resolve(results[index]));
  } catch (error) {
    const again = !isDecided && (group.length > 1 || isLocked(error));
    for (const { work, resolve, reject } of group)
      if (again) db.transact(work).then(resolve, reject);
      else reject(error);
  }
}

function isLocked(error: unknown): boolean {
  return (error as { code?: unknown }).code === '55P03';
}
