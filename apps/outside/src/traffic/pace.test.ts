import { array, assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueAtMs, dueBy, toSend } from './pace.ts';

const pace = { fromMs: 10_000, perSecond: 4, phase: 0.5 };

describe('a pace', () => {
  it('makes requests due evenly, shifted by its phase', () => {
    expect([0, 1, 2].map((n) => dueAtMs(pace, n))).toEqual([10_125, 10_375, 10_625]);
    expect([10_000, 10_124, 10_125, 10_374, 10_375, 11_000].map((ms) => dueBy(pace, ms))).toEqual([
      0, 0, 1, 1, 2, 4,
    ]);
  });

  it('of 0 sends nothing', () => {
    const paused = { ...pace, perSecond: 0 };
    expect(dueAtMs(paused, 0)).toBe(Infinity);
    expect(toSend(paused, 0, 1e9)).toEqual({ send: 0, done: 0 });
  });

  it('does not drift, however late and often it is looked at', () => {
    assert(
      property(
        integer({ min: 1, max: 50 }),
        array(integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 200 }),
        (perSecond, lateness) => {
          let done = 0;
          let sent = 0;
          let nowMs = 0;
          for (const ms of lateness) {
            nowMs += ms;
            const next = toSend({ fromMs: 0, perSecond, phase: 0 }, done, nowMs);
            sent += next.send;
            done = next.done;
          }
          expect(Math.abs(sent - (nowMs * perSecond) / 1000)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('skips what a long stall missed beyond one second', () => {
    const after = toSend(pace, 0, 70_000);
    expect(after).toEqual({ send: 4, done: 240 });
    expect(toSend(pace, after.done, 70_000).send).toBe(0);
  });
});
