import { expect, test } from 'vitest';
import type { Pod, PodDisruptionBudget } from '#store';
import { judgeEviction } from './eviction.ts';

function pod(ready: 'True' | 'False', phase: 'Running' | 'Pending' | 'Succeeded' = 'Running'): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'platform' },
    spec: { containers: [] },
    status: { phase, conditions: [{ type: 'Ready', status: ready }] },
  };
}

function budget(
  disruptionsAllowed: number,
  currentHealthy: number,
  more: Partial<PodDisruptionBudget['spec']> = {},
): PodDisruptionBudget {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'b', namespace: 'platform', generation: 1 },
    spec: { minAvailable: 2, ...more },
    status: { disruptionsAllowed, currentHealthy, desiredHealthy: 2, expectedPods: 3, observedGeneration: 1 },
  };
}

const kind = (...[of, budgets]: Parameters<typeof judgeEviction>): string => judgeEviction(of, budgets).kind;

// https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy
test('a ready pod costs a disruption, and is kept when none is left', () => {
  expect(kind(pod('True'), [])).toBe('free');
  expect(kind(pod('True'), [budget(1, 3)])).toBe('costs');
  const verdict = judgeEviction(pod('True'), [budget(0, 2)]);
  expect(verdict).toMatchObject({
    kind: 'refused',
    error: {
      code: 429,
      message: "Cannot evict pod as it would violate the pod's disruption budget.",
      details: { causes: [{ message: 'The disruption budget b needs 2 healthy pods and has 2 currently' }] },
    },
  });
});

test('a pod that is not ready goes free while the rest is healthy, or always when the budget says so', () => {
  expect(kind(pod('False'), [budget(0, 2)])).toBe('free');
  expect(kind(pod('False'), [budget(0, 1)])).toBe('refused');
  expect(kind(pod('False'), [budget(0, 1, { unhealthyPodEvictionPolicy: 'AlwaysAllow' })])).toBe('free');
  expect(kind(pod('False', 'Pending'), [budget(0, 1)])).toBe('free');
  expect(kind(pod('False', 'Succeeded'), [budget(0, 1)])).toBe('free');
});

test('a budget that has not been worked out yet, or a second one, refuses', () => {
  const fresh = budget(1, 3);
  fresh.metadata.generation = 2;
  expect(judgeEviction(pod('True'), [fresh])).toMatchObject({
    error: { code: 429, details: { retryAfterSeconds: 10 } },
  });
  expect(judgeEviction(pod('True'), [budget(1, 3), budget(1, 3)])).toMatchObject({ error: { code: 500 } });
});
