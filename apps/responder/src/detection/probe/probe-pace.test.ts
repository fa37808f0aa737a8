import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { burstOf, laneIntervalMs } from './probe-pace.ts';

describe('the pace of the probes', () => {
  it.each([
    { tenants: 1, intervalMs: 500 },
    { tenants: 25, intervalMs: 500 },
    { tenants: 50, intervalMs: 1000 },
    { tenants: 1000, intervalMs: 20_000 },
  ])('asks each of $tenants tenants every $intervalMs ms', ({ tenants, intervalMs }) => {
    expect(laneIntervalMs(500, tenants, 50)).toBe(intervalMs);
  });

  it('gives five tenants ten requests each in a burst', () => {
    const burst = burstOf(['t1', 't2', 't3', 't4', 't5']);
    expect(burst).toHaveLength(50);
    expect(burst.filter((one) => one === 't3')).toHaveLength(10);
  });

  it('never sends more than a hundred in a burst, and asks no tenant twice when there are more', () => {
    assert(
      property(integer({ min: 1, max: 2000 }), (tenants) => {
        const lanes = Array.from({ length: tenants }, (_, i) => i);
        const burst = burstOf(lanes);
        expect(burst.length).toBeLessThanOrEqual(100);
        expect(new Set(burst).size).toBe(Math.min(tenants, 100));
      }),
    );
  });
});
