import { describe, expect, it } from 'vitest';
import { OutcomeRing, type Outcome } from './outcome-ring.ts';
import { seededRandom } from './seeded-random.ts';
import { currentWindow, p95, perSecond } from './traffic-stats.ts';

const t0 = Date.parse('2026-03-01T12:00:00Z');

function ringOf(keepSeconds: number, entries: readonly [number, string, Outcome, number][]): OutcomeRing {
  const ring = new OutcomeRing(keepSeconds);
  for (const [ms, tenant, outcome, tookMs] of entries) ring.record(t0 + ms, tenant, { outcome, tookMs });
  return ring;
}

describe('p95', () => {
  it('is the nearest rank', () => {
    expect(p95([])).toBeNull();
    expect(p95([7])).toBe(7);
    expect(p95(Array.from({ length: 100 }, (_, index) => 100 - index))).toBe(95);
    expect(p95([1, 2, 3, 1000])).toBe(1000);
  });
});

describe('perSecond', () => {
  const ring = ringOf(600, [
    [100, 't1', 'ok', 5],
    [999, 't1', 'timeout', 3000],
    [1000, 't1', 'error', 2],
    [1500, 't2', 'ok', 7],
  ]);

  it('counts each tenant in the second of its request', () => {
    expect(perSecond(ring, { sinceMs: 0, nowMs: t0 + 4500, settleMs: 3000 })).toEqual([
      {
        at: '2026-03-01T12:00:00.000Z',
        settled: true,
        tenants: { t1: { ok: 1, failed: 1, timeouts: 1, p95Ms: 3000 } },
      },
      {
        at: '2026-03-01T12:00:01.000Z',
        settled: false,
        tenants: {
          t1: { ok: 0, failed: 1, timeouts: 0, p95Ms: 2 },
          t2: { ok: 1, failed: 0, timeouts: 0, p95Ms: 7 },
        },
      },
    ]);
  });

  it('starts with the second that holds `since`', () => {
    const seconds = perSecond(ring, { sinceMs: t0 + 1999, nowMs: t0 + 9000, settleMs: 3000 });
    expect(seconds.map((second) => second.at)).toEqual(['2026-03-01T12:00:01.000Z']);
  });
});

describe('currentWindow', () => {
  it('sums the last seconds, the present one included, and names idle tenants', () => {
    const ring = ringOf(600, [
      [0, 't1', 'error', 9999],
      [1000, 't1', 'timeout', 3000],
      [9000, 't1', 'ok', 10],
      [10_400, 't1', 'ok', 20],
      [10_400, 't1', 'error', 30],
    ]);
    expect(currentWindow(ring, ['t1', 't2'], { nowMs: t0 + 10_500, windowMs: 10_000 })).toEqual({
      windowMs: 10_000,
      tenants: {
        t1: { requests: 4, failed: 2, timeouts: 1, errorRatio: 0.5, p95Ms: 3000 },
        t2: { requests: 0, failed: 0, timeouts: 0, errorRatio: null, p95Ms: null },
      },
    });
  });
});

describe('OutcomeRing', () => {
  it('forgets what is older than it keeps, also when no newer second took the place', () => {
    const ring = ringOf(3, [
      [0, 't1', 'ok', 1],
      [1000, 't1', 'ok', 1],
      [3000, 't1', 'ok', 1],
    ]);
    expect(ring.seconds(0, t0 + 3000).map((second) => second.atMs - t0)).toEqual([1000, 3000]);
    expect(ring.seconds(0, t0 + 60_000)).toEqual([]);
  });

  it('does not let a straggler wipe out a newer second', () => {
    const ring = ringOf(3, [
      [3000, 't1', 'ok', 1],
      [0, 't1', 'timeout', 3000],
    ]);
    expect(ring.seconds(0, t0 + 3000).map((second) => second.atMs - t0)).toEqual([3000]);
  });
});

const draw = (seed: number): number[] => Array.from({ length: 1000 }, seededRandom(seed));

describe('seededRandom', () => {
  it('repeats itself for a seed, differs for another, and is even', () => {
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    const numbers = draw(3);
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    expect(numbers.filter((number) => number < 0.1).length).toBeGreaterThan(60);
    expect(numbers.filter((number) => number < 0.1).length).toBeLessThan(140);
  });
});
