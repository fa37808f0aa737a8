/** An even stream of requests: number n (from 0) is due at `fromMs + (n + phase) * 1000 / perSecond`. */
export interface Pace {
  fromMs: number;
  perSecond: number;
  /** In [0, 1): shifts streams of the same rate against each other. */
  phase: number;
}

/** When request number `n` is due, in the milliseconds of `fromMs`; never at rate 0. */
export function dueAtMs(pace: Pace, n: number): number {
  return pace.perSecond <= 0 ? Infinity : pace.fromMs + ((n + pace.phase) * 1000) / pace.perSecond;
}

/**
 * How many requests are due by `nowMs` in all, whatever was sent: computed from the start, so lateness never adds up.
 * The first is due as soon as its phase has passed.
 */
export function dueBy(pace: Pace, nowMs: number): number {
  if (pace.perSecond <= 0) return 0;
  return Math.max(0, Math.floor(((nowMs - pace.fromMs) * pace.perSecond) / 1000 - pace.phase) + 1);
}

/**
 * What to send now: at most one second's worth. After a longer stall the rest is skipped, not sent in a burst that no
 * real tenant would make.
 */
export function toSend(pace: Pace, done: number, nowMs: number): { send: number; done: number } {
  const due = dueBy(pace, nowMs);
  const owed = Math.max(0, due - done);
  return { send: Math.min(owed, Math.max(1, Math.ceil(pace.perSecond))), done: Math.max(due, done) };
}
