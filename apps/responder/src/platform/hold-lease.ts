import type { Database } from './database.ts';
import type { Logger } from './logger.ts';

/** A named lease that at most one holder has at a time. */
export interface Lease {
  /** False as soon as the lease may have run out, also in a process that was frozen and has just woken. */
  held(): boolean;
  /** Grows with every new holder; writes that carry an older one are to be refused. 0 before the first hold. */
  fence(): number;
  /** Stops renewing and gives the lease back. */
  stop(): Promise<void>;
}

/**
 * Tries for row `name` of `leases` until `stop`, and renews it while it is held. `onChange` hears of every gain and loss.
 * The local view ends before the database's does: it counts from before the renewal was sent.
 */
export async function holdLease(
  db: Database,
  name: string,
  holder: string,
  options: LeaseOptions = {},
): Promise<Lease> {
  const lease = new HeldLease(db, { name, holder, ...options });
  await lease.beat();
  return lease;
}

interface LeaseOptions {
  readonly leaseMs?: number;
  readonly renewMs?: number;
  readonly log?: Logger;
  readonly onChange?: (held: boolean) => void;
}

class HeldLease implements Lease {
  readonly #db: Database;
  readonly #options: LeaseOptions & { readonly name: string; readonly holder: string };
  #until = Number.NEGATIVE_INFINITY;
  #fence = 0;
  #told = false;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Database, options: LeaseOptions & { readonly name: string; readonly holder: string }) {
    this.#db = db;
    this.#options = options;
  }

  held(): boolean {
    return performance.now() < this.#until;
  }

  fence(): number {
    return this.#fence;
  }

  async beat(): Promise<void> {
    const { name, log, renewMs = 1000, leaseMs = 5000 } = this.#options;
    // A database that does not even refuse must not let a lost lease go unheard.
    const unheard = setTimeout(() => this.#tell(), leaseMs);
    await this.#take().catch((error: unknown) => log?.warn({ name, err: error }, 'lease not renewed'));
    clearTimeout(unheard);
    this.#tell();
    if (!this.#stopped) this.#timer = setTimeout(() => void this.beat(), renewMs);
  }

  async stop(): Promise<void> {
    const { name, holder } = this.#options;
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#until = Number.NEGATIVE_INFINITY;
    this.#tell();
    await this.#db
      .query('update leases set until = clock_timestamp() where name = $1 and holder = $2', [name, holder])
      .catch(() => undefined);
  }

  async #take(): Promise<void> {
    const { name, holder, leaseMs = 5000 } = this.#options;
    const sentAt = performance.now();
    const { rows } = await this.#db.query<{ fence: number }>(
      `insert into leases as l (name, holder, fence, until)
       values ($1, $2, 1, clock_timestamp() + $3 * interval '1 millisecond')
       on conflict (name) do update set holder = excluded.holder, until = excluded.until,
         fence = case when l.holder = excluded.holder and l.until > clock_timestamp() then l.fence else l.fence + 1 end
       where l.holder = excluded.holder or l.until <= clock_timestamp()
         or l.until > clock_timestamp() + ($3 + 60000) * interval '1 millisecond'
       returning fence`,
      [name, holder, leaseMs],
    );
    if (this.#stopped) return;
    const [row] = rows;
    this.#until = row === undefined ? Number.NEGATIVE_INFINITY : sentAt + leaseMs;
    this.#fence = row?.fence ?? this.#fence;
  }

  #tell(): void {
    const now = this.held();
    if (now === this.#told) return;
    this.#told = now;
    this.#options.onChange?.(now);
  }
}
