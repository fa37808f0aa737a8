import { assert, nat, property, tuple } from 'fast-check';
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

const anySet = (name: string) =>
  tuple(nat(5), nat(5)).map(([wanted, up]) => set(name, wanted, Math.min(wanted, up)));
const size = (sets: readonly RolloutSet[]) => sets.reduce((sum, one) => sum + one.size, 0);
const available = (sets: readonly RolloutSet[]) =>
  sets.reduce((sum, one) => sum + Math.min(one.available, one.size), 0);

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
    const sets = tuple(anySet('new'), anySet('a'), anySet('b'));
    assert(
      property(sets, nat(2), nat(2), ([current, ...old], maxSurge, maxUnavailable) => {
        const plan = planRollout(facts(current, old, { maxSurge, maxUnavailable }));
        const before = [current, ...old];
        const after = before.map((one) => ({
          ...one,
          size: plan.find(({ name }) => name === one.name)?.to ?? one.size,
        }));
        const floor = Math.min(available(before), current.size > 3 ? 0 : 3 - maxUnavailable);
        expect(available(after)).toBeGreaterThanOrEqual(floor);
        expect(size(after)).toBeLessThanOrEqual(Math.max(size(before), 3 + maxSurge));
      }),
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
