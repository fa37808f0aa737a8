import { expect, it } from 'vitest';
import { nextBackOff, noBackOff } from './restart-back-off.ts';

it('restarts at once, then after 10 s doubling to 300 s', () => {
  const waits: number[] = [];
  let backOff = noBackOff;
  for (let crash = 0; crash < 8; crash++) {
    const { waitMs, next } = nextBackOff(backOff, 1_000);
    waits.push(waitMs / 1_000);
    backOff = next;
  }
  expect(waits).toEqual([0, 10, 20, 40, 80, 160, 300, 300]);
});

it('forgets after ten minutes of running', () => {
  expect(nextBackOff({ delayMs: 160_000 }, 600_000)).toEqual({ waitMs: 0, next: { delayMs: 10_000 } });
});
