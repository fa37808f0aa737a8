const INITIAL_MS = 10_000;
const MAX_MS = 300_000;
const RESET_AFTER_MS = 600_000;

/** How long a container waits before its next start. */
export interface BackOff {
  /** Wait after the next crash; 0 means the first restart comes at once. */
  delayMs: number;
}

/** A container that has not crashed yet. */
export const noBackOff: BackOff = { delayMs: 0 };

/**
 * The kubelet's crash back-off: the first restart at once, then 10 s doubling to 300 s, forgotten after ten minutes of
 * running. Returns what to wait now and what to remember.
 */
export function nextBackOff(last: BackOff, ranForMs: number): { waitMs: number; next: BackOff } {
  const current = ranForMs >= RESET_AFTER_MS ? 0 : last.delayMs;
  const following = current === 0 ? INITIAL_MS : Math.min(current * 2, MAX_MS);
  return { waitMs: current, next: { delayMs: following } };
}
