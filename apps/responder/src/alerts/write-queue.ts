import { AppError } from '#platform';

/** One request's worth of writes, resolved when it is committed. */
interface Waiting<T> {
  readonly item: T;
  readonly size: number;
  resolve(): void;
  reject(error: unknown): void;
}

export interface WriteQueue<T> {
  /**
   * Resolves when `item` is committed, together with all that waits; rejects with the failure of that commit, or with AppError
   * `too-many` when too much waits already.
   */
  put(item: T, size: number): Promise<void>;
  settled(): Promise<void>;
}

const largestBatch = 4096;
/** More than this many alerts do not wait: senders that hear "too many" come again. */
const longestQueue = 50_000;

/** Group commit: while one batch is on its way to the disk, what comes gathers to the next one. */
export function createWriteQueue<T>(
  write: (items: readonly T[]) => Promise<void>,
  limit: number = longestQueue,
): WriteQueue<T> {
  let waiting: Waiting<T>[] = [];
  let running: Promise<void> | null = null;

  let waitingSize = 0;

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const batch = takeBatch();
      try {
        await write(batch.map(({ item }) => item));
        for (const one of batch) one.resolve();
      } catch (error) {
        for (const one of batch) one.reject(error);
      }
    }
    running = null;
  }

  function takeBatch(): readonly Waiting<T>[] {
    let size = 0;
    let count = 0;
    while (count < waiting.length && (count === 0 || size + (waiting[count]?.size ?? 0) <= largestBatch)) {
      size += waiting[count]?.size ?? 0;
      count += 1;
    }
    const batch = waiting.slice(0, count);
    waiting = waiting.slice(count);
    waitingSize -= size;
    return batch;
  }

  return {
    put: (item, size) =>
      new Promise((resolve, reject) => {
        if (waitingSize > 0 && waitingSize + size > limit) {
          reject(
            new AppError('too-many', `${waitingSize} alerts wait to be stored; expected at most ${limit}`),
          );
          return;
        }
        waitingSize += size;
        waiting.push({ item, size, resolve, reject });
        running ??= run();
      }),
    settled: () => running ?? Promise.resolve(),
  };
}
