interface Waiter {
  isOver(): boolean;
  end(over: boolean): void;
}

/** What this responder has stored and not seen applied yet. */
export class Backlog {
  readonly #sizes = new Map<number, number>();
  readonly #waiters = new Set<Waiter>();
  #size = 0;

  /** Alerts that wait. */
  get size(): number {
    return this.#size;
  }

  stored(id: number, size: number): void {
    this.#sizes.set(id, size);
    this.#size += size;
  }

  /** Deliveries that wait now. */
  ids(): readonly number[] {
    return [...this.#sizes.keys()];
  }

  applied(ids: readonly number[]): void {
    for (const id of ids) {
      this.#size -= this.#sizes.get(id) ?? 0;
      this.#sizes.delete(id);
    }
    for (const one of this.#waiters) if (one.isOver()) one.end(true);
  }

  /** Resolves when all that waits now is applied, true; false when that takes longer than `limitMs`. */
  caughtUp(limitMs: number): Promise<boolean> {
    const ids = this.ids();
    return this.#within(limitMs, () => !ids.some((id) => this.#sizes.has(id)));
  }

  /** Resolves when fewer than `size` alerts wait, true; false when that takes longer than `limitMs`. */
  shorterThan(size: number, limitMs: number): Promise<boolean> {
    return this.#within(limitMs, () => this.#size < size);
  }

  #within(limitMs: number, isOver: () => boolean): Promise<boolean> {
    if (isOver()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const end = (over: boolean): void => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
        resolve(over);
      };
      const timer = setTimeout(() => end(false), limitMs);
      const waiter: Waiter = { isOver, end };
      this.#waiters.add(waiter);
    });
  }
}
