import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planRollout, podCount, type RolloutFacts, type RolloutSet } from './plan-rollout.ts';

const set = (name: string, size: number, available = size, existing = size): RolloutSet => ({
  name,
  size,
  available,
  existing,
});
const facts = (current: RolloutSet, old: RolloutSet[], more: Partial<RolloutFacts> = {}): RolloutFacts => ({
  strategy: 'RollingUpdate',
  replicas: 3,
  maxSurge: 1,
  maxUnavailable: 0,
  current,
  old,
  oldTerminating: 0,
  ...more,
});

describe('planRollout', () => {
  it.each([
    ['starts all pods of a first rollout', facts(set('new', 0), []), [{ name: 'new', from: 0, to: 3 }]],
    ['surges by one', facts(set('new', 0), [set('old', 3)]), [{ name: 'new', from: 0, to: 1 }]],
    ['waits for the new pod', facts(set('new', 1, 0), [set('old', 3)]), []],
    ['then takes an old one', facts(set('new', 1), [set('old', 3)]), [{ name: 'old', from: 3, to: 2 }]],
    [
      'takes broken old pods first',
      facts(set('new', 1), [set('older', 2, 0), set('old', 2)]),
      [{ name: 'older', from: 2, to: 0 }],
    ],
    ['is done', facts(set('new', 3), [set('old', 0)]), []],
    ['scales down', facts(set('new', 5), []), [{ name: 'new', from: 5, to: 3 }]],
    ['scales to zero', facts(set('new', 3), [], { replicas: 0 }), [{ name: 'new', from: 3, to: 0 }]],
    [
      'uses the unavailability it is given',
      facts(set('new', 1, 0), [set('old', 3)], { maxUnavailable: 2 }),
      [{ name: 'old', from: 3, to: 1 }],
    ],
    [
      'recreates: first down',
      facts(set('new', 0), [set('old', 3)], { strategy: 'Recreate' }),
      [{ name: 'old', from: 3, to: 0 }],
    ],
    [
      'recreates: waits',
      facts(set('new', 0), [set('old', 0)], { strategy: 'Recreate', oldTerminating: 1 }),
      [],
    ],
    [
      'recreates: then up',
      facts(set('new', 0), [set('old', 0)], { strategy: 'Recreate' }),
      [{ name: 'new', from: 0, to: 3 }],
    ],
  ])('%s', (_name, given, expected) => {
    expect(planRollout(given)).toEqual(expected);
  });

  it('never takes a healthy old pod below what must stay available, nor goes above the surge', () => {
    const anySet = (name: string) =>
      fc.tuple(fc.nat(5), fc.nat(5)).map(([size, available]) => set(name, size, Math.min(size, available)));
    fc.assert(
      fc.property(
        anySet('new'),
        anySet('a'),
        anySet('b'),
        fc.nat(2),
        fc.nat(2),
        (current, a, b, surge, missing) => {
          const given = facts(current, [a, b], { maxSurge: surge, maxUnavailable: missing });
          const plan = new Map(planRollout(given).map(({ name, to }) => [name, to]));
          const after = [current, a, b].map((one) => ({ ...one, size: plan.get(one.name) ?? one.size }));
          const availableBefore = current.available + a.available + b.available;
          const availableAfter = after.reduce((total, one) => total + Math.min(one.available, one.size), 0);
          expect(availableAfter).toBeGreaterThanOrEqual(
            Math.min(availableBefore, current.size > 3 ? 0 : 3 - missing),
          );
          const total = after.reduce((sum, one) => sum + one.size, 0);
          expect(total).toBeLessThanOrEqual(Math.max(current.size + a.size + b.size, 3 + surge));
        },
      ),
    );
  });
});

it.each([
  ['25%', 3, 'up', 1],
  ['25%', 3, 'down', 0],
  [2, 3, 'up', 2],
  [undefined, 8, 'down', 2],
] as const)('podCount(%s of %d, %s) is %d', (value, replicas, round, expected) => {
  expect(podCount(value, replicas, round)).toBe(expected);
});
