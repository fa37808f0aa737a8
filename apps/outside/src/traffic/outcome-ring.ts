/** How a request ended: `ok` is a 2xx answer within the limit, `error` any other answer or a broken connection. */
export type Outcome = 'ok' | 'error' | 'timeout';

/** What one tenant's requests of one second came to. */
export interface TenantTally {
  outcomes: Record<Outcome, number>;
  tookMs: number[];
}

/** One second with requests: its first millisecond and a tally for each tenant that sent any. */
export interface Second {
  atMs: number;
  tallies: Map<string, TenantTally>;
}

const emptyTally = (): TenantTally => ({ outcomes: { ok: 0, error: 0, timeout: 0 }, tookMs: [] });

const secondOf = (ms: number): number => Math.floor(ms / 1000) * 1000;

/** Outcomes by second and tenant for the last `keepSeconds`; older seconds are overwritten. Times are epoch milliseconds. */
export class OutcomeRing {
  readonly #slots: (Second | undefined)[];

  constructor(keepSeconds: number) {
    this.#slots = Array.from({ length: keepSeconds });
  }

  #slot(atMs: number): number {
    return (atMs / 1000) % this.#slots.length;
  }

  record(ms: number, tenant: string, result: { outcome: Outcome; tookMs: number }): void {
    const atMs = secondOf(ms);
    const slot = this.#slot(atMs);
    let second = this.#slots[slot];
    // A straggler from before the ring's reach must not wipe out a newer second.
    if (second !== undefined && second.atMs > atMs) return;
    if (second === undefined || second.atMs < atMs) {
      second = { atMs, tallies: new Map() };
      this.#slots[slot] = second;
    }
    const tally = second.tallies.get(tenant) ?? emptyTally();
    second.tallies.set(tenant, tally);
    tally.outcomes[result.outcome] += 1;
    tally.tookMs.push(result.tookMs);
  }

  /** The seconds with requests from the one holding `fromMs` to the one holding `toMs`, oldest first, within the ring's reach. */
  seconds(fromMs: number, toMs: number): Second[] {
    const last = secondOf(toMs);
    const first = Math.max(secondOf(fromMs), last - (this.#slots.length - 1) * 1000);
    return this.#slots
      .filter((second) => second !== undefined && second.atMs >= first && second.atMs <= last)
      .map((second) => second as Second)
      .toSorted((a, b) => a.atMs - b.atMs);
  }

  /** What `tenant` met in the second that starts at `atMs`; all zero when nothing. */
  tally(atMs: number, tenant: string): TenantTally {
    const second = this.#slots[this.#slot(atMs)];
    return (second?.atMs === atMs ? second.tallies.get(tenant) : undefined) ?? emptyTally();
  }
}
