import { describe, expect, it } from 'vitest';
import { planStatefulSet, type OrdinalPod, type StatefulFacts } from './plan-stateful-set.ts';

const pod = (ordinal: number, more: Partial<OrdinalPod> = {}): OrdinalPod => ({
  ordinal,
  revision: 'new',
  ready: true,
  terminating: false,
  finished: false,
  ...more,
});
const facts = (pods: OrdinalPod[], more: Partial<StatefulFacts> = {}): StatefulFacts => ({
  replicas: 3,
  pods,
  updateRevision: 'new',
  partition: 0,
  rolling: true,
  parallel: false,
  ...more,
});
const old = { revision: 'old' };

describe('planStatefulSet', () => {
  it.each([
    ['makes the first', facts([]), { create: [0], delete: [] }],
    ['waits for readiness', facts([pod(0, { ready: false })]), { create: [], delete: [] }],
    ['makes the next', facts([pod(0)]), { create: [1], delete: [] }],
    ['makes all at once in parallel', facts([pod(1)], { parallel: true }), { create: [0, 2], delete: [] }],
    [
      'takes the highest surplus',
      facts([pod(0), pod(1), pod(2), pod(3), pod(4)]),
      { create: [], delete: [4] },
    ],
    [
      'waits for one on its way out',
      facts([pod(0), pod(1), pod(2, { terminating: true })]),
      { create: [], delete: [] },
    ],
    [
      'replaces outdated pods from the top',
      facts([pod(0, old), pod(1, old), pod(2, old)]),
      { create: [], delete: [2] },
    ],
    [
      'goes down when the upper one is ready',
      facts([pod(0, old), pod(1, old), pod(2)]),
      { create: [], delete: [1] },
    ],
    [
      'holds at the partition',
      facts([pod(0, old), pod(1, old), pod(2)], { partition: 2 }),
      { create: [], delete: [] },
    ],
    [
      'leaves OnDelete alone',
      facts([pod(0, old), pod(1, old), pod(2, old)], { rolling: false }),
      { create: [], delete: [] },
    ],
    [
      'replaces a broken outdated pod',
      facts([pod(0, { ...old, ready: false })]),
      { create: [], delete: [0] },
    ],
    ['replaces a finished pod', facts([pod(0, { finished: true })]), { create: [], delete: [0] }],
  ])('%s', (_name, given, expected) => {
    expect(planStatefulSet(given)).toEqual(expected);
  });
});
