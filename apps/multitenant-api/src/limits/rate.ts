/** `limit` requests in `windowMs`, spread evenly, with a burst of all of them at once after a rest. */
export interface Rate {
  readonly limit: number;
  readonly windowMs: number;
}

/** What a tenant may still do. Times in milliseconds. */
export interface Decision {
  readonly allowed: boolean;
  readonly remaining: number;
  /** Until the whole burst is there again. */
  readonly resetMs: number;
  /** Until one more request is allowed; 0 when it is now. */
  readonly retryAfterMs: number;
}

/** A decision and the state to keep. */
export interface Taken {
  readonly decision: Decision;
  readonly theoreticalArrivalMs: number;
}

/**
 * Takes one request by the generic cell rate algorithm: the state is one instant, the theoretical arrival time, at which the burst
 * would be whole again. A state in the past counts as none.
 */
export function take(rate: Rate, theoreticalArrivalMs: number, nowMs: number): Taken {
  const spacingMs = rate.windowMs / rate.limit;
  const from = Math.max(theoreticalArrivalMs, nowMs);
  const next = from + spacingMs;
  const overMs = next - nowMs - rate.windowMs;
  if (overMs > 0.001) {
    return {
      decision: { allowed: false, remaining: 0, resetMs: from - nowMs, retryAfterMs: overMs },
      theoreticalArrivalMs: from,
    };
  }
  return { decision: decisionOf(rate, next - nowMs), theoreticalArrivalMs: next };
}

/** The decision for a request that was taken, from how long the burst needs to be whole again. */
export function decisionOf(rate: Rate, resetMs: number): Decision {
  const left = ((rate.windowMs - resetMs) * rate.limit) / rate.windowMs;
  return { allowed: true, remaining: Math.max(0, Math.floor(left + 0.001)), resetMs, retryAfterMs: 0 };
}
