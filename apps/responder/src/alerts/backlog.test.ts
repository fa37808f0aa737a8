import { expect, it } from 'vitest';
import { Backlog } from './backlog.ts';

it('counts what waits, and resolves for those who wait for what was there when they came', async () => {
  const backlog = new Backlog();
  backlog.stored(1, 10);
  backlog.stored(2, 5);
  const caughtUp = backlog.caughtUp(5000);
  const shorter = backlog.shorterThan(8, 5000);
  backlog.stored(3, 100);
  expect(backlog.size).toBe(115);
  backlog.applied([1, 2]);
  expect(await caughtUp).toBe(true);
  expect(backlog.ids()).toEqual([3]);
  backlog.applied([3, 4]);
  expect(await shorter).toBe(true);
  expect(backlog.size).toBe(0);
});

it('says when it takes too long', async () => {
  const backlog = new Backlog();
  expect(await backlog.caughtUp(20)).toBe(true);
  backlog.stored(1, 10);
  expect(await backlog.caughtUp(20)).toBe(false);
  expect(await backlog.shorterThan(11, 20)).toBe(true);
  expect(await backlog.shorterThan(10, 20)).toBe(false);
});
