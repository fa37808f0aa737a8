/**
 * Modes: `closed` (ask) -> `open` (do not ask) after `failures` in a row -> `trying` (one may ask) after `retryMs` -> `closed` when that
 * one was answered, `open` again when not.
 */
export type BreakerMode = 'closed' | 'open' | 'trying';

/** Keeps requests from waiting for something that does not answer. Times are epoch milliseconds. */
export class Breaker {
  readonly #failures: number;
  readonly #retryMs: number;
  #inARow = 0;
  #openedAt = 0;
  #mode: BreakerMode = 'closed';

  constructor(options: { failures: number; retryMs: number }) {
    this.#failures = options.failures;
    this.#retryMs = options.retryMs;
  }

  get mode(): BreakerMode {
    return this.#mode;
  }

  /** Whether to ask now; in `open` the first one after `retryMs` is let through, and no other until it ended. */
  allows(nowMs: number): boolean {
    if (this.#mode === 'closed') return true;
    if (this.#mode === 'trying' || nowMs - this.#openedAt < this.#retryMs) return false;
    this.#mode = 'trying';
    return true;
  }

  succeeded(): void {
    this.#inARow = 0;
    this.#mode = 'closed';
  }

  failed(nowMs: number): void {
    this.#inARow += 1;
    if (this.#mode === 'closed' && this.#inARow < this.#failures) return;
    this.#mode = 'open';
    this.#openedAt = nowMs;
  }
}
