import type { Database, Queryable } from './database.ts';
import { createHeldRows, type HeldRows } from './held-rows.ts';
import type { Logger } from './logger.ts';
import { Nap } from './nap.ts';
import { LeaseLost, RowQueue, type Claimed } from './row-queue.ts';

/** What `perform` gets beside its row. */
export interface RowContext {
  /** Aborted when the lease is lost or the worker stops. */
  readonly signal: AbortSignal;
  readonly fence: number;
  /**
   * Writes to the row if its fence is still ours; throws LeaseLost otherwise. `set` is SQL, with $1 = id and $2 = fence
   * taken, and `values` from $3 on. Also ends the lease, unless `keepLease`.
   */
  update(
    tx: Queryable,
    set: string,
    values?: readonly unknown[],
    options?: { readonly keepLease: boolean },
  ): Promise<void>;
}

export interface RowWorkerOptions<Row> {
  readonly db: Database;
  readonly log: Logger;
  /** Table with columns id, due_at, fence, lease_until. */
  readonly table: string;
  /** SQL condition of a row that still waits to be done, for example `done_at is null`. */
  readonly pending: string;
  /** More assignments at the claim, for example `state = 'running', attempts = attempts + 1`; sees the old values. */
  readonly claimSet?: string;
  /** A NOTIFY on this channel looks for work at once. */
  readonly wakeChannel: string;
  /** In how many milliseconds what a notice tells of is due: what comes after the next look anyway wakes nobody. Absent: now. */
  readonly dueIn?: (payload: string) => number;
  readonly concurrency?: number;
  readonly leaseMs?: number;
  readonly renewMs?: number;
  /** Longest sleep between two looks when no notice comes. */
  readonly pollMs?: number;
  /** How long `stop` lets work under way end by itself before it is aborted. */
  readonly graceMs?: number;
  /** How long a row rests after `perform` threw. */
  readonly retryMs?: number;
  /** Does the work and ends with `context.update(...)`. A row that is not updated is tried again. */
  perform(row: Row, context: RowContext): Promise<void>;
}

export interface RowWorker {
  /** Looks for work at once. */
  wake(): void;
  /** Takes no more work, aborts what runs after the grace, waits for it to end. */
  stop(): Promise<void>;
}

const defaultPollMs = 2500;
/** Rest before looking again at a row that is due but locked by another transaction. */
const lockedMs = 20;

/**
 * Works off the due rows of one table: a row is the queue. Claims with FOR UPDATE SKIP LOCKED, a lease that is renewed
 * and a fencing token; a holder that dies or freezes loses the row to the next one. At least once, never silently never.
 */
export async function startRowWorker<Row extends { readonly id: string | number }>(
  options: RowWorkerOptions<Row>,
): Promise<RowWorker> {
  const loop = new WorkLoop(options);
  const { dueIn = () => 0, pollMs = defaultPollMs } = options;
  const unlisten = await options.db.listen(options.wakeChannel, (payload) => {
    // A notice that cannot be read may be about anything.
    if (payload === null || !(dueIn(payload) > pollMs)) loop.nap.wake();
  });
  const running = loop.run();
  return {
    wake: () => loop.nap.wake(),
    stop: async () => {
      unlisten();
      loop.stop();
      await running;
      await loop.settled(options.graceMs ?? 0);
    },
  };
}

class WorkLoop<Row extends { readonly id: string | number }> {
  readonly nap = new Nap();
  readonly #options: RowWorkerOptions<Row>;
  readonly #queue: RowQueue;
  readonly #held: HeldRows;
  readonly #running = new Set<Promise<void>>();
  #stopped = false;
  /** More may be due than there was room for. */
  #isFull = false;

  constructor(options: RowWorkerOptions<Row>) {
    const { leaseMs = 5000, renewMs = 1000, db, log, table } = options;
    this.#options = options;
    this.#queue = new RowQueue(options, leaseMs);
    this.#held = createHeldRows({ db, log, table, leaseMs, renewMs });
  }

  async run(): Promise<void> {
    const { log, table, pollMs = defaultPollMs } = this.#options;
    let isDue = false;
    while (!this.#stopped) {
      const idleMs: number = await this.#round({ pollMs, isDue }).catch((error: unknown) => {
        log.warn({ table, error: (error as Error).message }, 'looking for due rows failed');
        return pollMs;
      });
      // What was said to be due then is claimed without another look.
      isDue = (await this.nap.sleep(idleMs)) && idleMs < pollMs;
    }
  }

  stop(): void {
    this.#stopped = true;
    this.nap.wake();
  }

  async settled(graceMs: number): Promise<void> {
    const timer = setTimeout(() => this.#held.abortAll(), graceMs);
    await Promise.all(this.#running);
    clearTimeout(timer);
    this.#held.stop();
  }

  /** One look: claims what is due and free. Returns for how long there is nothing to do, milliseconds. */
  async #round({ pollMs, isDue }: { readonly pollMs: number; readonly isDue: boolean }): Promise<number> {
    const wished = this.nap.takeWish();
    const room = (this.#options.concurrency ?? 8) - this.#running.size;
    this.#isFull = room <= 0;
    // The end of any work under way wakes us.
    if (this.#isFull) return pollMs;
    const idleMs = wished || isDue ? 0 : await this.#idleMs(pollMs);
    if (idleMs > 0) return idleMs;
    const rows = await this.#queue.claim<Row>(room);
    for (const row of rows) this.#start(row);
    this.#isFull = rows.length === room;
    return rows.length > 0 ? 0 : Math.max(lockedMs, await this.#idleMs(pollMs));
  }

  async #idleMs(pollMs: number): Promise<number> {
    return Math.min(pollMs, (await this.#queue.untilDueMs()) ?? pollMs);
  }

  #start(row: Claimed<Row>): void {
    const { signal, release } = this.#held.hold(row.id, row.fence);
    const one = this.#options
      .perform(row, {
        signal,
        fence: row.fence,
        update: (tx, set, values, how) => this.#queue.update(tx, row, { set, values, how }),
      })
      .catch((error: unknown) => this.#putBack(row, error))
      .finally(() => {
        release();
        this.#running.delete(one);
        // With room before there was nothing more to claim; but the row itself may be due again soon.
        if (this.#isFull) this.nap.wake();
        else this.nap.stir();
      });
    this.#running.add(one);
  }

  async #putBack(row: Claimed<Row>, error: unknown): Promise<void> {
    const { db, log, table, retryMs = 1000 } = this.#options;
    if (this.#stopped || error instanceof LeaseLost) return;
    log.error({ table, id: row.id, err: error }, 'work on a row failed; it will be tried again');
    const set = `due_at = clock_timestamp() + $3 * interval '1 millisecond'`;
    await this.#queue
      .update(db, row, { set, values: [retryMs] })
      .catch((failure: unknown) =>
        log.warn({ table, id: row.id, err: failure }, 'row could not be put back'),
      );
  }
}
