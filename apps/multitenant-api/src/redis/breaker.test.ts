import { describe, expect, it } from 'vitest';
import { Breaker } from './breaker.ts';

describe('the breaker', () => {
  it('opens after failures in a row, lets one try after a while, and closes when that one succeeds', () => {
    const breaker = new Breaker({ failures: 2, retryMs: 100 });
    breaker.failed(0);
    breaker.succeeded();
    breaker.failed(1);
    expect([breaker.mode, breaker.allows(1)]).toEqual(['closed', true]);
    breaker.failed(2);
    expect([breaker.mode, breaker.allows(101)]).toEqual(['open', false]);
    expect([breaker.allows(102), breaker.mode, breaker.allows(102)]).toEqual([true, 'trying', false]);
    breaker.failed(150);
    expect([breaker.allows(249), breaker.allows(250)]).toEqual([false, true]);
    breaker.succeeded();
    expect([breaker.mode, breaker.allows(251), breaker.allows(251)]).toEqual(['closed', true, true]);
  });
});
