import { setTimeout as pause } from 'node:timers/promises';

/** Lets at most `slots` pieces of work run at a time, begun `gapMs` apart; the others wait their turn, in order. */
export class Limiter {
  readonly #waiting: (() => void)[] = [];
  readonly #gapMs: number;
  #free: number;
  #nextAt = 0;

  constructor(slots: number, gapMs = 0) {
    this.#free = slots;
    this.#gapMs = gapMs;
  }

  /** `work` is told how long it waited for its turn, milliseconds. */
  async run<T>(work: (waitedMs: number) => Promise<T>): Promise<T> {
    const askedAt = performance.now();
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      const waitMs = this.#nextAt - performance.now();
      this.#nextAt = Math.max(this.#nextAt, performance.now()) + this.#gapMs;
      if (waitMs > 0) await pause(waitMs);
      return await work(performance.now() - askedAt);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
