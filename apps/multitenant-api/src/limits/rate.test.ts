import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { processLimiter } from './limiter.ts';
import { take } from './rate.ts';

const rate = { limit: 5, windowMs: 1000 };

function takeMany(times: readonly number[], limit = rate): boolean[] {
  let arrival = 0;
  return times.map((nowMs) => {
    const taken = take(limit, arrival, nowMs);
    arrival = taken.theoreticalArrivalMs;
    return taken.decision.allowed;
  });
}

describe('take', () => {
  it('lets a burst of the whole limit through, then one for each part of the window', () => {
    const at = 1_000_000;
    expect(takeMany(Array.from({ length: 6 }, () => at))).toEqual([true, true, true, true, true, false]);
    expect(takeMany([at, at, at, at, at, at + 199, at + 200, at + 201])).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      true,
      false,
    ]);
  });

  it('says what is left and when it is worth coming back', () => {
    expect(take(rate, 0, 1_000_000).decision).toEqual({
      allowed: true,
      remaining: 4,
      resetMs: 200,
      retryAfterMs: 0,
    });
    const full = take(rate, 1_001_000, 1_000_000);
    expect(full.decision).toMatchObject({ allowed: false, remaining: 0, resetMs: 1000, retryAfterMs: 200 });
    expect(full.theoreticalArrivalMs).toBe(1_001_000);
  });

  it('never allows more than twice the limit in any window, and what it promises holds', () => {
    const gaps = fc.array(fc.nat(400), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 20 }), (gap, limit) => {
        let nowMs = 1_000_000;
        let arrival = 0;
        const allowedAt: number[] = [];
        for (const wait of gap) {
          nowMs += wait;
          const { decision, theoreticalArrivalMs } = take({ limit, windowMs: 1000 }, arrival, nowMs);
          arrival = theoreticalArrivalMs;
          if (decision.allowed) allowedAt.push(nowMs);
          const later = take({ limit, windowMs: 1000 }, arrival, nowMs + decision.retryAfterMs);
          expect(decision.allowed || later.decision.allowed).toBe(true);
        }
        for (const from of allowedAt) {
          const inWindow = allowedAt.filter((at) => at >= from && at < from + 1000).length;
          expect(inWindow).toBeLessThanOrEqual(2 * limit);
        }
      }),
    );
  });
});

describe('the limiter of a process', () => {
  it('counts each tenant alone', () => {
    const limit = processLimiter({ limit: 1, windowMs: 1000 });
    expect([limit('a', 1), limit('b', 1), limit('a', 2)].map((one) => one.allowed)).toEqual([
      true,
      true,
      false,
    ]);
    expect(limit('a', 1001).allowed).toBe(true);
  });
});
