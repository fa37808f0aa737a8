import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Latest } from './latest.ts';

describe('Latest', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('runs only what was asked last under a key, after its pause', () => {
    const done: string[] = [];
    const latest = new Latest();
    latest.ask('a', 100, () => done.push('a1'));
    vi.advanceTimersByTime(99);
    latest.ask('a', 100, () => done.push('a2'));
    latest.ask('b', 50, () => done.push('b'));
    vi.advanceTimersByTime(99);
    expect(done).toEqual(['b']);
    vi.advanceTimersByTime(1);
    expect(done).toEqual(['b', 'a2']);
  });

  it('forgets what was dropped', () => {
    const latest = new Latest();
    const work = vi.fn<() => void>();
    latest.ask('a', 10, work);
    latest.drop('a');
    vi.runAllTimers();
    expect(work).not.toHaveBeenCalled();
  });
});
